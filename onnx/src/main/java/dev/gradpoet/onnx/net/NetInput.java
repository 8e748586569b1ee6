package dev.gradpoet.onnx.net;

/**
 * An input of a network that was imported.
 *
 * @param layer the input as it is declared
 * @param name what the model calls it
 * @param dims the sizes of a row in the model
 * @param order where the values of a row are in a row of the model: empty if the rows are the same
 */
public record NetInput(NetLayer layer, String name, int[] dims, int[] order) {

  /** The number of values of a row. */
  public int width() {
    return Places.count(dims);
  }

  /** The number of classes whose indices it holds, 0 if it holds numbers. */
  public int classes() {
    return ((LayerKind.Input) layer.kind()).classes();
  }
}
