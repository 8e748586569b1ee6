package dev.gradpoet.onnx.fold;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.fold.Expr.Act;
import dev.gradpoet.onnx.fold.Expr.Leaf;
import dev.gradpoet.onnx.fold.Expr.Mean;
import dev.gradpoet.onnx.fold.Expr.Num;
import dev.gradpoet.onnx.fold.Expr.Product;
import dev.gradpoet.onnx.fold.Expr.Source;
import dev.gradpoet.onnx.fold.Expr.Sum;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.net.LayerKind;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes layers of expressions, and puts the values of layers in the shape and order that the next layer needs. */
final class NetBuilder {

  private final Inputs inputs = new Inputs();
  private final List<NetLayer> layers = new ArrayList<>();
  private final Map<Expr, NetLayer> made = new HashMap<>();
  private final Map<NetLayer, NetLayer> flattened = new HashMap<>();

  /** Which node made an expression first. */
  private final Map<Expr, NodeName> origins = new HashMap<>();

  private NodeName current = new NodeName("", "");

  private final ElementType type;

  private final Recognition recognition;

  NetBuilder(ElementType type) {
    this.type = type;
    this.recognition = new Recognition(type);
  }

  /** The node whose expressions come next. */
  void begin(NodeName node) {
    current = node;
  }

  /** The type of all values. */
  ElementType type() {
    return type;
  }

  /** A constant of the model as the number that was meant: floats are decimal numbers that were rounded. */
  double decimal(double value) {
    return type == ElementType.DOUBLE ? value : Decimal.of(value);
  }

  Inputs inputs() {
    return inputs;
  }

  List<NetLayer> layers() {
    return layers;
  }

  /** Adds a layer. */
  NetLayer add(LayerKind kind, List<NetLayer> from, int[] shape, String origin) {
    NetLayer layer = new NetLayer(kind, from, shape, origin);
    layers.add(layer);
    return layer;
  }

  /** The output of a layer. */
  static Running output(NetLayer layer) {
    return new Running(new Leaf(layer), layer.shape(), null);
  }

  /** A value that an expression computes. */
  Running computed(Expr expr, Running like) {
    origins.putIfAbsent(expr, current);
    Running value = new Running(expr, like.dims(), like.order());
    if (expr.size() <= Expr.LARGEST) {
      return value;
    }
    if (expr.hasMean()) {
      throw new UnfitException(
          "it is part of a formula with means that has more than " + Expr.LARGEST + " operations",
          "use a layer norm or an average of channels in the model");
    }
    return new Running(new Leaf(layer(value)), like.dims(), order(value));
  }

  /** The layer whose values these are, in the order of {@link #order}. */
  NetLayer layer(Running value) {
    value.expr().inputs().findFirst().ifPresent(input -> {
      boolean whole = value.order() == null && !value.expr().hasMean();
      int[] dims = whole ? value.dims() : inputs.dims(input);
      boolean each = dims.length > 1
          && InputNorms.isInput(value.expr())
          && !InputNorms.fitsChannels(value.expr(), dims, null);
      // constants of each value fit a vector
      inputs.decide(input, each ? new int[] {Places.count(dims)} : dims, null);
    });
    return layer(value.expr());
  }

  /** For each value of the model, its place in the layer; null where it is the same. */
  int[] order(Running value) {
    return inputs.order(value);
  }

  /** The same value as the output of a layer, or as an input in the order of its declaration. */
  Running settled(Running value) {
    NetLayer layer = isOfUndecidedInput(value) ? arranged(value) : layer(value);
    return new Running(new Leaf(layer), value.dims(), order(value));
  }

  /** The layer with these values in the order and sizes of the model. */
  NetLayer arranged(Running value) {
    return arranged(value, value.dims());
  }

  /** The layer with these values in the order of the model, in other sizes. */
  NetLayer arranged(Running value, int[] dims) {
    if (isOfUndecidedInput(value)) {
      value.expr().inputs().forEach(input -> inputs.decide(input, dims, value.order()));
    }
    NetLayer layer = layer(value);
    if (order(value) != null) {
      throw new UnfitException(
          "it reads values that a Transpose moved, and only a Conv, a pooling or a linear layer can follow it",
          "keep the order [N, C, H, W] in the model");
    }
    return shaped(layer, dims);
  }

  /** As a vector; for each value of the model, its place in the vector, null where it is the same. */
  NetLayer vector(Running value) {
    if (value.order() == null && isOfUndecidedInput(value)) {
      value.expr().inputs().forEach(input -> inputs.decide(input, new int[] {value.size()}, null));
    }
    return shaped(layer(value), new int[] {value.size()});
  }

  /** Whether it has one value for each of an input, whose shape can still be chosen. */
  private boolean isOfUndecidedInput(Running value) {
    return !value.expr().hasMean() && value.expr().layers().allMatch(inputs::isUndecided);
  }

  private NetLayer shaped(NetLayer layer, int[] dims) {
    if (Arrays.equals(layer.shape(), dims)) {
      return layer;
    }
    if (dims.length == 1) {
      return flattened.computeIfAbsent(
          layer, from -> add(LayerKind.Plain.FLATTEN, List.of(from), dims, ""));
    }
    if (dims.length > 3) {
      throw new UnfitException(
          "it works on rows of " + Arrays.toString(dims) + ", expected at most 3 dimensions",
          "reshape them in the model");
    }
    throw new UnfitException(
        "it reads values of shape " + Arrays.toString(layer.shape()) + " as "
            + Arrays.toString(dims) + ", and the only layer that reshapes is @Flatten",
        "only the input of the network can be reshaped: keep the shape in the model");
  }

  private NetLayer layer(Expr expr) {
    if (expr instanceof Leaf leaf) {
      return leaf.layer();
    }
    if (expr instanceof Source source) {
      return source.input();
    }
    NetLayer known = made.get(expr);
    if (known == null) {
      known = make(expr);
      made.put(expr, known);
    }
    return known;
  }

  private NetLayer make(Expr expr) {
    Optional<Act> act = recognition.of(expr);
    if (act.isPresent()) {
      NetLayer from = layer(act.get().of());
      return activate(act.get().activation(), act.get().options(), from);
    }
    if (expr instanceof Sum sum && !(sum.b() instanceof Num)) {
      return merge(LayerKind.Merge.ADD, expr, sum.a(), sum.b());
    }
    if (expr instanceof Product product && !(product.a() instanceof Num)) {
      return merge(LayerKind.Merge.MUL, expr, product.a(), product.b());
    }
    if (expr instanceof Mean mean) {
      return average(mean);
    }
    Optional<NetLayer> normalized = normalized(expr);
    if (normalized.isPresent()) {
      return normalized.get();
    }
    Optional<NetLayer> folded = folded(expr);
    if (folded.isPresent()) {
      return folded.get();
    }
    throw new UnfitException(
        "it is not part of an activation or a normalization that is known, expected one that a layer computes",
        "use one of the activations of dev.gradpoet.Activation in the model",
        origins.get(expr));
  }

  private Optional<NetLayer> normalized(Expr expr) {
    try {
      return InputNorms.layer(this, expr);
    } catch (UnfitException e) {
      throw e.atOrigin(origins.get(expr));
    }
  }

  /** A layer with a number added to its output or multiplied with it. */
  private Optional<NetLayer> folded(Expr expr) {
    if (expr instanceof Sum sum && sum.b() instanceof Num num) {
      return Folding.plus(this, layer(sum.a()), num.value());
    }
    if (expr instanceof Product product && product.a() instanceof Num num) {
      return Folding.times(this, layer(product.b()), num.value());
    }
    return Optional.empty();
  }

  /** An activation as a layer of its own, which {@link Tidying} joins with the layer before where that can be. */
  NetLayer activate(Activation activation, Map<String, Double> options, NetLayer from) {
    NetLayer layer = add(new LayerKind.Activate(activation), List.of(from), from.shape(), "");
    Map<String, Double> decimals = new LinkedHashMap<>(options);
    decimals.replaceAll((name, value) -> decimal(value));
    layer.activation(activation, decimals);
    return layer;
  }

  private NetLayer merge(LayerKind kind, Expr expr, Expr a, Expr b) {
    NetLayer first = layer(a);
    NetLayer second = layer(b);
    if (!Arrays.equals(first.shape(), second.shape())) {
      throw new UnfitException(
          "it joins values of shapes " + Arrays.toString(first.shape()) + " and "
              + Arrays.toString(second.shape()) + ", expected equal ones",
          "@" + kind.annotation() + " does not repeat values: give both the same shape",
          origins.get(expr));
    }
    return add(kind, List.of(first, second), first.shape(), "");
  }

  /** A mean over all dimensions but the channels. */
  private NetLayer average(Mean mean) {
    int[] dims = mean.dims().stream().mapToInt(Integer::intValue).toArray();
    int[] order = mean.order().stream().mapToInt(Integer::intValue).toArray();
    Running of = new Running(mean.of(), dims, order.length == 0 ? null : order);
    NetLayer from = layer(of);
    int[] shape = from.shape();
    int channels = shape[0];
    int[] places = order(of);
    boolean fits = shape.length > 1 && Places.count(dims) == Places.count(shape);
    int positions = fits ? Places.count(shape) / channels : 1;
    int[] index = new int[dims.length];
    for (int i = 0; fits && i < Places.count(dims); i++) {
      // all values of one channel go to one mean, and the means are in the order of the channels
      int group = 0;
      for (int d = 0; d < dims.length; d++) {
        group = mean.axes().contains(d) ? group : group * dims[d] + index[d];
      }
      fits = (places == null ? i : places[i]) / positions == group;
      for (int d = dims.length - 1; d >= 0 && ++index[d] == dims[d]; d--) {
        index[d] = 0;
      }
    }
    if (!fits) {
      throw new UnfitException(
          "it takes means over the axes "
              + mean.axes().stream().map(axis -> axis + 1).toList() + " of " + Arrays.toString(dims)
              + " per row, expected all but the channels",
          "@GlobalAvgPool averages each channel over all of its positions",
          origins.get(mean));
    }
    int[] averaged = new int[shape.length];
    Arrays.fill(averaged, 1);
    averaged[0] = channels;
    return add(LayerKind.Plain.GLOBAL_AVG_POOL, List.of(from), averaged, "");
  }
}
