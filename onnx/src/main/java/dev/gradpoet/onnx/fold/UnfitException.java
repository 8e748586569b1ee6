package dev.gradpoet.onnx.fold;

/** Ends the import of one node, which then becomes a {@link Refusal}. */
final class UnfitException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String wayOut;
  private final transient NodeName node;

  /** A reason at the node that is being read. */
  UnfitException(String reason, String wayOut) {
    this(reason, wayOut, null);
  }

  /**
   * A reason at a node that was read before.
   *
   * @param node null for the node that is being read
   */
  UnfitException(String reason, String wayOut, NodeName node) {
    super(reason, null, false, false);
    this.wayOut = wayOut;
    this.node = node;
  }

  /** The same reason at the node that an expression comes from. */
  UnfitException atOrigin(NodeName origin) {
    return new UnfitException(getMessage(), wayOut, origin);
  }

  Refusal at(NodeName current) {
    NodeName at = node == null ? current : node;
    return new Refusal(at.name(), at.operator(), getMessage(), wayOut);
  }
}
