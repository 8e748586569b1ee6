package dev.gradpoet.onnx.fold;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A model that cannot be imported, with all reasons at once. */
public final class RefusedModelException extends IOException {

  private static final long serialVersionUID = 1;

  private final transient List<Refusal> refusals;

  /** A model with at least one reason. */
  public RefusedModelException(String file, List<Refusal> refusals) {
    super(file + " cannot be imported, for " + refusals.size()
        + (refusals.size() == 1 ? " reason:" : " reasons:")
        + refusals.stream().map(refusal -> "\n  " + refusal).collect(Collectors.joining()));
    this.refusals = List.copyOf(refusals);
  }

  /** The reasons, in the order of the nodes. */
  public List<Refusal> refusals() {
    return refusals;
  }
}
