package dev.gradpoet.processor.validate;

import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.LayerSpec;
import dev.gradpoet.processor.read.NetworkSpec;
import dev.gradpoet.processor.read.NetworkSpec.MethodSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.CopyLayers;
import dev.gradpoet.processor.valid.ElementLayers;
import dev.gradpoet.processor.valid.LinearLayers;
import dev.gradpoet.processor.valid.MergeLayers;
import dev.gradpoet.processor.valid.ValidActivation;
import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.processor.valid.ValidLayer;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Validates the form with one method per layer, layer by layer. An error in a layer causes no further errors in the layers that read it. */
final class LayerRules {

  private final NetworkSpec spec;
  private final Problems problems;
  private final SizeRules sizes;
  private final WindowRules windows;
  private final NormRules norms;

  /** The shapes of the input and of the layers so far; empty if unknown because of an error. */
  private final Map<String, Optional<Shape>> shapes = new LinkedHashMap<>();

  /** The inputs; empty if unknown because of an error. */
  private final Map<String, Optional<ValidInput>> inputs = new LinkedHashMap<>();

  private final Set<String> read = new HashSet<>();
  private final List<ValidLayer> layers = new ArrayList<>();

  LayerRules(NetworkSpec spec, Problems problems, SizeRules sizes) {
    this.spec = spec;
    this.problems = problems;
    this.sizes = sizes;
    this.windows = new WindowRules(problems, sizes);
    this.norms = new NormRules(Narrowing.of(spec), problems, sizes, inputs);
  }

  Form form(List<MethodSpec> all) {
    MethodRules rules = new MethodRules(problems);
    List<MethodSpec> methods =
        all.stream().filter(method -> method.input().isEmpty()).toList();
    Map<String, Optional<ValidInput>> declared =
        new InputRules(problems, sizes).inputs(all, rules::check);
    if (declared.isEmpty()) {
      declared.put(
          ValidSpec.INPUT,
          spec.input().flatMap(of -> sizes.input(ValidSpec.INPUT, of)).map(ValidInput::unnamed));
    }
    declared.forEach((name, input) -> {
      inputs.put(name, input);
      shapes.put(name, input.map(ValidInput::shape));
    });
    SourceRules sources = new SourceRules(methods, problems, shapes, inputs);
    String before = List.copyOf(declared.keySet()).get(declared.size() - 1);
    for (MethodSpec method : methods) {
      rules.check(method);
      Optional<Shape> shape = Optional.empty();
      if (method.layers().size() == 1) {
        LayerSpec layer = method.layers().get(0);
        Optional<List<String>> from = sources.resolve(method.name(), layer, before);
        from.ifPresent(read::addAll);
        shape = layer(method, layer, from.filter(names -> sources.fit(layer, names)), sources);
      }
      shapes.put(method.name(), shape);
      before = method.name();
    }
    checkAllRead(all);
    return new Form(InputRules.valid(declared), layers);
  }

  private Optional<Shape> layer(
      MethodSpec method, LayerSpec layer, Optional<List<String>> from, SourceRules sources) {
    String name = method.name();
    ValidActivation activation = new ActivationRules(problems, Narrowing.of(spec))
        .check(
            layer.activation().map(Sited::value).orElse(Activation.IDENTITY),
            method.activationOptions());
    return switch (layer.kind()) {
      case LINEAR -> linear(name, layer, from, activation);
      case ADD ->
        add(
            sources.commonShape(layer, from),
            shape -> new MergeLayers.AddLayer(name, from.orElseThrow(), shape, activation));
      case MUL ->
        add(
            sources.commonShape(layer, from),
            shape -> new MergeLayers.MulLayer(name, from.orElseThrow(), shape, activation));
      case CONCAT ->
        add(
            sources.concatenated(layer, from, sizes),
            shape -> new MergeLayers.ConcatLayer(name, from.orElseThrow(), shape, activation));
      case LAYER_NORM -> {
        add(norms.layer(name, layer, source(from), shape(from), activation));
        yield shape(from); // whatever its members are
      }
      case BATCH_NORM, NORMALIZATION ->
        add(norms.layer(name, layer, source(from), shape(from), activation));
      case DROPOUT -> dropout(name, layer, from, activation);
      case PRELU -> prelu(name, layer, from, activation);
      case ACTIVATE ->
        add(
            shape(from),
            shape -> new ElementLayers.ActivateLayer(
                name, from.orElseThrow().get(0), shape, activation));
      case FLATTEN -> flatten(name, from, activation);
      case EMBEDDING -> embedding(name, layer, from, activation);
      case CONV1D, CONV2D, MAX_POOL1D, MAX_POOL2D, AVG_POOL1D, AVG_POOL2D, GLOBAL_AVG_POOL ->
        add(windows.layer(name, layer, source(from), shape(from), activation));
    };
  }

  private Optional<Shape> linear(
      String name, LayerSpec layer, Optional<List<String>> from, ValidActivation activation) {
    Sited<Integer> out = layer.integers().get("out");
    if (!sizes.checkWidth("out", out)) {
      return Optional.empty();
    }
    Optional<Shape> in = shape(from);
    if (in.isEmpty()) {
      return Optional.empty();
    }
    sizes.checkProduct(in.get().last(), out);
    if (!sizes.checkRow(
        "the number of outputs", (long) in.get().positions() * out.value(), out.site())) {
      return Optional.empty();
    }
    Shape shape = in.get().withLast(out.value());
    layers.add(new LinearLayers.LinearLayer(
        name,
        from.orElseThrow().get(0),
        in.get().last(),
        shape,
        layer.flag("bias", true),
        activation));
    return Optional.of(shape);
  }

  private Optional<Shape> embedding(
      String name, LayerSpec layer, Optional<List<String>> from, ValidActivation activation) {
    Sited<Integer> dim = layer.integers().get("dim");
    Optional<ValidInput> input = source(from).flatMap(inputs::get);
    if (!sizes.checkWidth("dim", dim) || input.isEmpty()) {
      return Optional.empty();
    }
    int count = input.get().shape().size();
    int classes = input.get().classes().orElseThrow();
    sizes.checkTable(classes, dim);
    if (!sizes.checkRow("the number of outputs", (long) count * dim.value(), dim.site())) {
      return Optional.empty();
    }
    return add(Optional.of(new CopyLayers.EmbeddingLayer(
        name, input.get().name(), classes, new Shape(List.of(count, dim.value())), activation)));
  }

  private Optional<Shape> dropout(
      String name, LayerSpec layer, Optional<List<String>> from, ValidActivation activation) {
    double p = layer.real("p", 0.5) + 0.0; // -0 and 0 are one probability
    if (!(p >= 0 && p <= 1)) {
      problems.add(
          ProblemCode.MEMBER_OUT_OF_RANGE,
          layer.reals().get("p").site(),
          "p is " + p
              + ", expected a number from 0 to 1: it is the probability that a value is dropped");
    }
    Optional<Shape> shape = shape(from);
    shape.ifPresent(known -> layers.add(
        new ElementLayers.DropoutLayer(name, from.orElseThrow().get(0), p, known, activation)));
    return shape;
  }

  private Optional<Shape> flatten(
      String name, Optional<List<String>> from, ValidActivation activation) {
    Optional<Shape> input = shape(from);
    Optional<Shape> shape = input.map(source -> Shape.of(source.size()));
    shape.ifPresent(flat -> layers.add(new CopyLayers.FlattenLayer(
        name, from.orElseThrow().get(0), input.orElseThrow(), flat, activation)));
    return shape;
  }

  private Optional<Shape> add(Optional<Shape> shape, Function<Shape, ValidLayer> layer) {
    return add(shape.map(layer));
  }

  /** Adds a layer that is valid, and returns the shape of its output. */
  private Optional<Shape> add(Optional<ValidLayer> layer) {
    layer.ifPresent(layers::add);
    return layer.map(ValidLayer::shape);
  }

  /** The name of the only source. */
  private static Optional<String> source(Optional<List<String>> from) {
    return from.map(names -> names.get(0));
  }

  /** The shape of the only source. */
  private Optional<Shape> shape(Optional<List<String>> from) {
    return from.flatMap(names -> shapes.get(names.get(0)));
  }

  private Optional<Shape> prelu(
      String name, LayerSpec layer, Optional<List<String>> from, ValidActivation activation) {
    Optional<Shape> shape = shape(from);
    if (shape.isPresent()) {
      int slopes = layer.flag("perChannel", false) ? shape.get().first() : 1;
      sizes.checkVectors(1, slopes, layer.site());
      layers.add(new ElementLayers.PReluLayer(
          name, from.orElseThrow().get(0), shape.get(), slopes, activation));
    }
    return shape;
  }

  private void checkAllRead(List<MethodSpec> methods) {
    if (problems.hasErrors()) {
      return; // a source that could not be resolved may have meant any of them
    }
    for (MethodSpec method : methods.subList(0, methods.size() - 1)) {
      if (!read.contains(method.name())) {
        boolean input = method.input().isPresent();
        problems.add(
            ProblemCode.UNREAD_LAYER,
            method.site(),
            "no layer reads " + (input ? "the input " : "") + method.name()
                + (input ? "" : ", and it is not the output (the last layer)")
                + ": name it in the from of a " + (input ? "" : "later ") + "layer, or remove it");
      }
    }
    checkComputes(methods.get(methods.size() - 1).site());
  }

  private void checkComputes(Site output) {
    if (!layers.isEmpty() && layers.stream().allMatch(LayerRules::passesOn)) {
      problems.add(
          ProblemCode.NOTHING_TO_TRAIN,
          output,
          "the layers pass their input on as it is, expected at least one that computes something, such as @Linear or @Conv2d");
    } else if (spec.loss().map(Sited::value).orElse(Loss.NONE) != Loss.NONE
        && layers.stream().noneMatch(ValidLayer::isTrained)) {
      problems.add(
          ProblemCode.NOTHING_TO_TRAIN,
          output,
          "no layer has parameters, expected at least one layer that has, such as @Linear or @Conv2d: the network has nothing to train, so remove its loss");
    }
  }

  /** Whether the output of a layer is its input: in inference, dropout is the identity. */
  private static boolean passesOn(ValidLayer layer) {
    return layer.passesOn() && layer.activation().function() == Activation.IDENTITY;
  }
}
