package dev.gradpoet.processor.validate;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Init;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.read.LayerKind;
import dev.gradpoet.processor.read.LayerSpec;
import dev.gradpoet.processor.read.NetworkSpec;
import dev.gradpoet.processor.read.NetworkSpec.DeclaredType;
import dev.gradpoet.processor.read.NetworkSpec.MethodSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.CopyLayers;
import dev.gradpoet.processor.valid.DeclaredInterface;
import dev.gradpoet.processor.valid.LinearLayers;
import dev.gradpoet.processor.valid.NormLayers;
import dev.gradpoet.processor.valid.ValidActivation;
import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.processor.valid.ValidLayer;
import dev.gradpoet.processor.valid.ValidLoss;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a valid specification for a declaration with errors: a stack of layers with the declared names. Only the public members of the class that is
 * generated from it matter, so that code that uses the class compiles.
 */
public final class Placeholder {

  /** Wider layers are replaced: the width does not affect the public members. */
  private static final int MAX_WIDTH = 1000;

  private Placeholder() {}

  /** The specification, or empty if a stub is not possible. */
  public static Optional<ValidSpec> of(NetworkSpec spec) {
    DeclaredType type = spec.type().value();
    if (!type.kind().equals("interface")
        || type.hidden().isPresent()
        || type.generic()
        || type.sealed()
        || HidingRules.rejects(spec)
        || !spec.surroundings().runtime()) {
      return Optional.empty();
    }
    List<MethodSpec> methods = spec.methods().stream()
        .filter(method -> !method.hasBody() && method.form().isEmpty())
        .toList();
    List<ValidInput> inputs = inputs(spec, methods);
    List<MethodSpec> declared = methods.stream()
        .filter(method -> method.input().isEmpty())
        .filter(method -> !MethodRules.reserved().contains(method.name()))
        .toList();
    boolean shorthand = declared.isEmpty();
    List<ValidLayer> layers =
        shorthand ? stack(spec) : declared.stream().map(Placeholder::layer).toList();
    return Optional.of(new ValidSpec(
        DeclaredInterface.of(type),
        inputs,
        chain(layers, inputs, normalizes(declared)),
        !shorthand,
        ValidLoss.of(spec.loss().map(Sited::value).orElse(Loss.NONE)),
        spec.dtype().map(Sited::value).filter(dtype -> dtype != DType.INT64).orElse(DType.FLOAT32),
        Init.PYTORCH_DEFAULT));
  }

  /** The inputs, without those whose names do not suit. */
  private static List<ValidInput> inputs(NetworkSpec spec, List<MethodSpec> methods) {
    Map<String, ValidInput> inputs = new LinkedHashMap<>();
    methods.stream()
        .filter(method -> method.input().isPresent())
        .filter(method -> method.name().equals(ValidSpec.INPUT)
            || !MethodRules.reserved().contains(method.name()))
        .forEach(method -> inputs.putIfAbsent(
            ValidInput.constant(method.name()),
            new ValidInput(
                method.name(),
                Shape.of(usable(only(method.input().get().sizes()))),
                method.input().get().classes().isPresent()
                    ? OptionalInt.of(2)
                    : OptionalInt.empty(),
                true)));
    return inputs.isEmpty()
        ? List.of(ValidInput.unnamed(Shape.of(usable(spec.input().flatMap(Placeholder::only)))))
        : List.copyOf(inputs.values());
  }

  private static Optional<Sited<Integer>> only(Sited<List<Sited<Integer>>> sizes) {
    return sizes.value().size() == 1 ? Optional.of(sizes.value().get(0)) : Optional.empty();
  }

  private static List<ValidLayer> stack(NetworkSpec spec) {
    List<ValidLayer> layers = new ArrayList<>();
    List<Sited<Integer>> widths = spec.layers().map(Sited::value).orElse(List.of());
    for (int i = 1; i < widths.size(); i++) {
      Optional<Sited<Activation>> activation =
          i == widths.size() - 1 ? spec.outputActivation() : spec.activation();
      layers.add(linear(String.valueOf(i - 1), Optional.of(widths.get(i)), activation));
    }
    return layers.isEmpty() ? List.of(linear("0", Optional.empty(), Optional.empty())) : layers;
  }

  private static ValidLayer layer(MethodSpec method) {
    Optional<LayerSpec> layer = method.layers().stream().findFirst();
    return linear(
        method.name(),
        layer.map(each -> each.integers().get("out")),
        layer.flatMap(LayerSpec::activation));
  }

  private static ValidLayer linear(
      String name, Optional<Sited<Integer>> width, Optional<Sited<Activation>> activation) {
    Activation function = activation.map(Sited::value).orElse(Activation.IDENTITY);
    return new LinearLayers.LinearLayer(
        name, ValidSpec.INPUT, 1, Shape.of(usable(width)), true, ValidActivation.of(function));
  }

  /** The width, or 2 if it is invalid: a class with several outputs has all methods of one with a single output, and those for classes. */
  private static int usable(Optional<Sited<Integer>> width) {
    return width.map(Sited::value).filter(w -> w >= 1 && w <= MAX_WIDTH).orElse(2);
  }

  private static boolean normalizes(List<MethodSpec> methods) {
    return methods.stream()
        .flatMap(method -> method.layers().stream())
        .anyMatch(layer -> layer.kind() == LayerKind.NORMALIZATION);
  }

  /**
   * A stack on the first input of numbers; if there is none, on an embedding.
   *
   * @param normalizes whether there is a normalization, for which any layer will do
   */
  private static List<ValidLayer> chain(
      List<ValidLayer> layers, List<ValidInput> inputs, boolean normalizes) {
    List<ValidLayer> chained = new ArrayList<>();
    Optional<ValidInput> dense =
        inputs.stream().filter(input -> input.classes().isEmpty()).findFirst();
    String from = dense.orElse(inputs.get(0)).name();
    int in = dense.map(input -> input.shape().size()).orElse(2);
    for (ValidLayer layer : layers) {
      boolean first = chained.isEmpty();
      boolean second = chained.size() == 1;
      boolean normalization = normalizes && first && dense.isPresent() && layers.size() > 1;
      if (normalization) {
        chained.add(new NormLayers.NormalizationLayer(
            layer.name(), from, dense.get().shape(), List.of(), List.of(), layer.activation()));
        from = layer.name();
        continue;
      }
      ValidLayer next = dense.isPresent() || !first && !second
          ? new LinearLayers.LinearLayer(
              layer.name(), from, in, layer.shape(), true, layer.activation())
          : first
              ? new CopyLayers.EmbeddingLayer(
                  layer.name(),
                  from,
                  2,
                  new Shape(List.of(inputs.get(0).shape().size(), 2)),
                  layer.activation())
              : new CopyLayers.FlattenLayer(
                  layer.name(), from, chained.get(0).shape(), Shape.of(in), layer.activation());
      chained.add(next);
      from = layer.name();
      in = next.width();
    }
    return chained;
  }
}
