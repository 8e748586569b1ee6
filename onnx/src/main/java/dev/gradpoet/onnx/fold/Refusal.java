package dev.gradpoet.onnx.fold;

/**
 * Why a node of a model cannot be imported.
 *
 * @param node what the model calls it, or where it is
 * @param operator its operator
 * @param reason what is there and what was expected
 * @param wayOut what to do about it
 */
public record Refusal(String node, String operator, String reason, String wayOut) {

  @Override
  public String toString() {
    return operator + (node.isEmpty() ? "" : " " + node) + ": " + reason + ": " + wayOut;
  }
}
