package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Value.Indices;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.net.LayerKind;
import dev.gradpoet.onnx.net.NetInput;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.wire.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The inputs of a network while it is imported: the first layer that reads one gives it its shape, and may give it another order than the model. */
final class Inputs {

  private static final class State {
    final InputRows rows;
    boolean decided;

    /** For each value of a row as it is declared, its place in the model's; null where it is the same. */
    int[] order;

    State(InputRows rows) {
      this.rows = rows;
    }
  }

  private final Map<NetLayer, State> all = new LinkedHashMap<>();

  /** Adds an input; its value in the model. */
  Value add(InputRows rows) {
    NetLayer input = new NetLayer(new LayerKind.Input(0), List.of(), rows.dims(), rows.name());
    all.put(input, new State(rows));
    return rows.holdsIntegers()
        ? new Indices(input, rows.dims())
        : new Running(new Expr.Source(input), rows.dims(), null);
  }

  /** Whether it is an input whose shape can still be chosen. */
  boolean isUndecided(NetLayer layer) {
    return all.containsKey(layer) && !all.get(layer).decided;
  }

  /** The sizes of a row in the model. */
  int[] dims(NetLayer input) {
    return all.get(input).rows.dims();
  }

  /** Gives an input its shape if no layer did, in the order of the model or another one. */
  void decide(NetLayer input, int[] dims, int[] order) {
    State state = all.get(input);
    if (state.decided) {
      return;
    }
    state.decided = true;
    boolean deep = dims.length > 3 || dims.length == 0;
    input.shape(deep ? new int[] {Places.count(dims)} : dims);
    state.order = order;
  }

  /** For each value of an input as it is declared, its place in the model's; null where it is the same. */
  int[] order(NetLayer input) {
    return all.get(input).order;
  }

  /** For each value of the model, its place in the layer; null where it is the same. */
  int[] order(Running value) {
    int[] declared = value.expr().inputs().findFirst().map(this::order).orElse(null);
    // means are in the order of the channels
    if (declared == null || value.expr().hasMean()) {
      return value.order();
    }
    int[] ours = new int[declared.length];
    for (int i = 0; i < ours.length; i++) {
      ours[declared[i]] = i;
    }
    int[] order = new int[value.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = ours[value.order() == null ? i : value.order()[i]];
    }
    return Places.isInOrder(order) ? null : order;
  }

  /** Makes an input one of class indices, of as many classes as a table has rows. */
  void lookUp(NetLayer input, int classes) {
    int known = ((LayerKind.Input) input.kind()).classes();
    if (known != 0 && known != classes) {
      throw new UnfitException(
          "it looks up \"" + name(input) + "\" in a table of " + classes
              + " rows, and another node in one of " + known + ", expected one number of classes",
          "give each table an input of its own in the model");
    }
    State state = all.get(input);
    state.decided = true;
    state.order = null;
    input.shape(new int[] {Places.count(state.rows.dims())});
    input.become(new LayerKind.Input(classes));
  }

  /** The inputs that layers read, in the order of the model. */
  List<NetInput> read(List<NetLayer> layers) {
    all.keySet().forEach(input -> requireOneKind(input, layers));
    return all.keySet().stream()
        .filter(input -> layers.stream().anyMatch(layer -> layer.from().contains(input)))
        .map(input -> new NetInput(
            input,
            all.get(input).rows.name(),
            dims(input),
            order(input) == null ? new int[0] : order(input)))
        .toList();
  }

  private void requireOneKind(NetLayer input, List<NetLayer> layers) {
    boolean numbers = layers.stream()
        .anyMatch(layer ->
            layer.from().contains(input) && !(layer.kind() instanceof LayerKind.Embedding));
    if (numbers && ((LayerKind.Input) input.kind()).classes() != 0) {
      throw new UnfitException(
          "its input \"" + name(input)
              + "\" is read as class indices and as numbers, expected one of these",
          "give the numbers an input of their own in the model");
    }
  }

  private String name(NetLayer input) {
    return Shown.text(all.get(input).rows.name());
  }
}
