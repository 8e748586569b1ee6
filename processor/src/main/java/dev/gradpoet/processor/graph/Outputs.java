package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.graph.Value.Form;
import dev.gradpoet.processor.shape.MapLayout;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.ValidLayer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The inputs and the outputs of the layers of a graph so far, each in the forms in which other layers read it; the copies to other forms are made when they are first read. */
final class Outputs {

  /** The values of each input and the output of each layer, by the number of rows a sample: all have the same numbers in the same order. */
  private final Map<String, Map<Integer, Value>> outputs = new HashMap<>();

  /** The outputs that are computed as maps in another layout. */
  private final Map<String, Held> maps = new HashMap<>();

  private final List<Op> ops;

  /** The number of values so far. */
  private int values;

  /** A map that a layer computes. */
  record Held(Value value, Shape shape, MapLayout layout) {}

  Outputs(List<Op> ops) {
    this.ops = ops;
  }

  void put(ValidLayer layer, Value value, Optional<MapLayout> layout) {
    if (layout.isEmpty()) {
      put(layer.name(), value);
      return;
    }
    outputs.put(layer.name(), new HashMap<>());
    maps.put(layer.name(), new Held(value, layer.shape(), layout.get()));
  }

  void put(String name, Value value) {
    Map<Integer, Value> forms = new HashMap<>();
    forms.put(value.positions(), value);
    outputs.put(name, forms);
  }

  /** The layout of what a layer computes, if that is a map that is not in row-major order. */
  Optional<MapLayout> layout(String source) {
    return Optional.ofNullable(maps.get(source)).map(Held::layout);
  }

  /** The outputs of layers, as maps in a layout if there is one. */
  List<Value> read(List<String> names, Optional<MapLayout> layout) {
    return names.stream()
        .map(name -> layout.isPresent() ? maps.get(name).value() : sample(name))
        .toList();
  }

  /** The output of a layer as the map that it computes, or in row-major order. */
  Held held(String source, Shape shape) {
    return maps.containsKey(source)
        ? maps.get(source)
        : new Held(sample(source), shape, MapLayout.rowMajor(shape.area()));
  }

  void relayout(Held from, Value to) {
    MapLayout rowMajor = MapLayout.rowMajor(from.shape().area());
    ops.add(new Op.Window(
        new WindowOp.Relayout(from.shape(), from.layout(), rowMajor), from.value(), to));
  }

  /** The output of a layer, one row a sample. */
  Value sample(String source) {
    Map<Integer, Value> forms = outputs.get(source);
    if (forms.isEmpty()) {
      Held map = maps.get(source);
      Value sample = value(source, Form.SAMPLE, 1, map.shape().size());
      relayout(map, sample);
      forms.put(1, sample);
    }
    if (!forms.containsKey(1)) {
      Value rows = forms.values().iterator().next();
      int size = rows.positions() * rows.width();
      forms.put(1, reshape(rows, value(rows.layer(), Form.SAMPLE, 1, size)));
    }
    return forms.get(1);
  }

  /** The output of a layer in so many rows a sample. */
  Value rows(String source, int positions, String reader) {
    if (positions == 1) {
      return sample(source);
    }
    Map<Integer, Value> forms = outputs.get(source);
    if (!forms.containsKey(positions)) {
      Value sample = sample(source);
      Value rows = value(reader, Form.INPUT_ROWS, positions, sample.width() / positions);
      forms.put(positions, reshape(sample, rows));
    }
    return forms.get(positions);
  }

  Value reshape(Value from, Value to) {
    ops.add(new Op.Reshape(from, to));
    return to;
  }

  Value value(String layer, Form form, int positions, int width) {
    return new Value(values++, layer, form, positions, width);
  }
}
