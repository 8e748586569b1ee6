package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Expr.Leaf;
import dev.gradpoet.onnx.fold.Value.Padded;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.LayerKind;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Products with constant matrices and kernels: linear layers and convolutions. */
final class ProductOperators {

  private ProductOperators() {}

  static void addTo(Map<String, Operator> all) {
    all.put("MatMul", Operator.of(ProductOperators::matMul));
    all.put("Gemm", Operator.of(ProductOperators::gemm));
    all.put("Conv", Operator.of(ProductOperators::conv));
  }

  private static Value matMul(Node node) {
    node.limitInputs(2);
    if (!(node.input(0) instanceof Running x)) {
      throw new UnfitException(
          "its first input is a constant, expected the second",
          "transpose the product in the model");
    }
    Constant matrix = node.reals(1);
    int[] dims = matrix.dims();
    if (dims.length == 1) {
      Running product = linear(node, x, matrix.reshape(1, dims[0]), Optional.empty());
      return product.shaped(Arrays.copyOf(product.dims(), product.dims().length - 1));
    }
    int last = dims.length - 1;
    for (int d = 0; d < last - 1; d++) {
      if (dims[d] != 1 || dims.length > x.dims().length + 1) {
        throw new UnfitException(
            "it multiplies by " + matrix + ", expected one matrix for all rows",
            "a linear layer has one weight: split the product in the model");
      }
    }
    if (dims.length < 2) {
      throw new UnfitException(
          "it multiplies by " + matrix + ", expected a matrix", "change it in the model");
    }
    return linear(
        node, x, matrix.reshape(dims[last - 1], dims[last]).transposed(), Optional.empty());
  }

  private static Value gemm(Node node) {
    node.limitInputs(3);
    boolean transposedA = node.attributes().flag("transA");
    boolean transposedB = node.attributes().flag("transB");
    double alpha = node.attributes().real("alpha", 1);
    double beta = node.attributes().real("beta", 1);
    node.attributes().ignore("broadcast", "axis");
    if (!(node.input(0) instanceof Running x) || transposedA) {
      throw new UnfitException(
          transposedA
              ? "it transposes its first input, whose rows are those of the network"
              : "its first input is a constant, expected the second",
          "each row of a network is computed by itself: export the product as x W^T + b");
    }
    Constant matrix = node.reals(1);
    if (matrix.dims().length != 2 || x.dims().length != 1) {
      throw new UnfitException(
          "it multiplies rows of " + Arrays.toString(x.dims()) + " by " + matrix
              + ", expected vectors and a matrix",
          "export the model again");
    }
    Constant weight = transposedB ? matrix : matrix.transposed();
    Constant scaled = alpha == 1 ? weight : weight.map(value -> value * alpha);
    Optional<Constant> bias = Optional.empty();
    if (node.has(2) && beta != 0) {
      int[] out = {weight.dims()[0]};
      Running like = new Running(x.expr(), out, null);
      double[] values = Aligned.of(node, 2, like).ofLayer(null);
      Arrays.setAll(values, i -> values[i] * beta);
      bias = Optional.of(Constant.of(weight.type(), out, values));
    }
    return linear(node, x, scaled, bias);
  }

  /** A linear layer on the last dimension; columns of the weight move where the values of a row have another order. */
  private static Running linear(Node node, Running x, Constant weight, Optional<Constant> bias) {
    int[] dims = x.dims();
    int in = weight.dims()[1];
    int out = weight.dims()[0];
    if (dims.length == 0 || dims[dims.length - 1] != in || out == 0) {
      throw new UnfitException(
          "it multiplies rows of " + Arrays.toString(dims) + " by a matrix of " + in + " rows and "
              + out + " columns, expected a last dimension of " + in,
          "export the model again");
    }
    NetLayer from;
    Constant columns = weight;
    if (dims.length == 1) {
      from = node.net().vector(x);
      int[] order = node.net().order(x);
      if (order != null) {
        int[] places = new int[weight.size()];
        for (int i = 0; i < places.length; i++) {
          places[i / in * in + order[i % in]] = i;
        }
        columns = weight.pick(places, out, in);
      }
    } else {
      from = node.net().arranged(x);
    }
    int[] shape = from.shape();
    shape[shape.length - 1] = out;
    NetLayer layer = node.net()
        .add(new LayerKind.Linear(out, bias.isPresent()), List.of(from), shape, origin(node));
    layer.parameters().put("weight", columns);
    bias.ifPresent(values -> layer.parameters().put("bias", values));
    int[] outDims = dims.clone();
    outDims[dims.length - 1] = out;
    return new Running(new Leaf(layer), outDims, null);
  }

  private static Value conv(Node node) {
    node.limitInputs(3);
    Padded x = node.padded(0);
    Constant weight = node.reals(1);
    int[] sizes = weight.dims();
    int spatial = sizes.length - 2;
    if (spatial < 1 || spatial > 2 || x.dims().length != spatial + 1) {
      throw new UnfitException(
          "it is a convolution of rows of " + Arrays.toString(x.dims()) + " with a weight of "
              + Arrays.toString(sizes) + ", expected one or two spatial dimensions",
          "only @Conv1d and @Conv2d exist");
    }
    long groups = node.attributes().integer("group", 1);
    if (groups < 1 || sizes[0] % groups != 0) {
      throw new UnfitException(
          "it has " + groups + " groups and " + sizes[0] + " outputs, expected a divisor of them",
          "export the model again");
    }
    List<Integer> kernel = Arrays.stream(sizes).skip(2).boxed().toList();
    node.attributes()
        .integers("kernel_shape")
        .filter(shape -> !shape.equals(kernel.stream().map(Integer::longValue).toList()))
        .ifPresent(shape -> {
          throw new UnfitException(
              "its kernel_shape is " + shape + ", expected " + kernel + ", the size of its weight",
              "export the model again");
        });
    Pads.requireSpatial(x);
    if (x.dims()[0] != sizes[1] * groups) {
      throw new UnfitException(
          "it reads " + x.dims()[0] + " channels with a weight of " + Arrays.toString(sizes),
          "export the model again");
    }
    Window window = Windows.of(node, kernel, x, false);
    NetLayer from = node.net().arranged(x.value());
    NetLayer layer = node.net()
        .add(
            new LayerKind.Conv(sizes[0], window, (int) groups, node.has(2)),
            List.of(from),
            Windows.shape(window, sizes[0], x.value().dims()),
            origin(node));
    layer.parameters().put("weight", weight);
    if (node.has(2)) {
      Constant bias = node.reals(2);
      if (bias.size() != sizes[0]) {
        throw new UnfitException(
            "its bias is " + bias + ", expected " + sizes[0] + " values", "export the model again");
      }
      layer.parameters().put("bias", bias.reshape(sizes[0]));
    }
    return NetBuilder.output(layer);
  }

  /** What the model calls a layer: the name of its weight tells more than that of the node. */
  private static String origin(Node node) {
    return Origins.of(node.names().size() > 1 ? node.names().get(1) : "", node.name());
  }
}
