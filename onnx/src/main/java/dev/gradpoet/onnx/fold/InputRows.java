package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.wire.ElementType;
import dev.gradpoet.onnx.wire.Shown;
import dev.gradpoet.onnx.wire.ValueInfoProto;
import dev.gradpoet.onnx.wire.ValueInfoProto.Dimension;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the model says of an input.
 *
 * @param name what it calls it
 * @param count the number of rows, if the model fixes it
 * @param dims the sizes of a row
 * @param type {@code FLOAT} or {@code DOUBLE}; {@code INT32} or {@code INT64} of class indices
 */
record InputRows(String name, OptionalLong count, int[] dims, ElementType type) {

  static InputRows of(ValueInfoProto input) {
    String name = "its input \"" + Shown.text(input.name()) + "\" ";
    ElementType type = ElementType.of(input.elementType()).orElse(ElementType.BOOL);
    boolean known = switch (type) {
      case FLOAT, DOUBLE, INT32, INT64 -> true;
      default -> false;
    };
    if (!known) {
      throw new UnfitException(
          name + "is of type " + ElementType.name(input.elementType())
              + ", expected FLOAT or DOUBLE, or INT64 or INT32 for class indices",
          "export the model with one of these");
    }
    List<Dimension> shape = input
        .shape()
        .filter(dims -> !dims.isEmpty())
        .orElseThrow(() -> new UnfitException(
            name + "has no shape, expected the number of rows and their sizes",
            "export the model with the shape of its input"));
    int[] dims = new int[shape.size() - 1];
    long product = 1;
    for (int d = 0; d < dims.length; d++) {
      Dimension dimension = shape.get(d + 1);
      if (dimension.value() < 1) {
        throw new UnfitException(
            name + "has the free size \"" + Shown.text(dimension.name()) + "\" in dimension "
                + (d + 1) + ", expected a number",
            "a network has fixed shapes: export the model with a fixed size");
      }
      product =
          Math.min(product * Math.min(dimension.value(), Integer.MAX_VALUE), Integer.MAX_VALUE);
      dims[d] = (int) Math.min(dimension.value(), Integer.MAX_VALUE);
    }
    if (product > ConstantOperators.LARGEST) {
      throw new UnfitException(
          name + "has rows of more than " + ConstantOperators.LARGEST + " values",
          "make the model smaller");
    }
    long rows = shape.get(0).value();
    return new InputRows(
        input.name(), rows > 0 ? OptionalLong.of(rows) : OptionalLong.empty(), dims, type);
  }

  /** Whether it holds integers. */
  boolean holdsIntegers() {
    return !type.isFloating();
  }
}
