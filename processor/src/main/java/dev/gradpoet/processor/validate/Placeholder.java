package dev.gradpoet.processor.validate;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Init;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.read.LayerSpec;
import dev.gradpoet.processor.read.NetworkSpec;
import dev.gradpoet.processor.read.NetworkSpec.DeclaredType;
import dev.gradpoet.processor.read.NetworkSpec.MethodSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.DeclaredInterface;
import dev.gradpoet.processor.valid.ValidActivation;
import dev.gradpoet.processor.valid.ValidLayer;
import dev.gradpoet.processor.valid.ValidLoss;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        .filter(method -> !LayerRules.reserved().contains(method.name()))
        .toList();
    boolean shorthand = methods.isEmpty();
    int inputs = usable(spec.input()
        .filter(sizes -> sizes.value().size() == 1)
        .map(sizes -> sizes.value().get(0)));
    List<ValidLayer> layers =
        shorthand ? stack(spec) : methods.stream().map(Placeholder::layer).toList();
    return Optional.of(new ValidSpec(
        DeclaredInterface.of(type),
        Shape.of(inputs),
        chain(layers, inputs),
        !shorthand,
        ValidLoss.of(spec.loss().map(Sited::value).orElse(Loss.NONE)),
        spec.dtype().map(Sited::value).filter(dtype -> dtype != DType.INT64).orElse(DType.FLOAT32),
        Init.PYTORCH_DEFAULT));
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
    return new ValidLayer.LinearLayer(
        name, ValidSpec.INPUT, 1, Shape.of(usable(width)), true, ValidActivation.of(function));
  }

  /** The width, or 2 if it is invalid: a class with several outputs has all methods of one with a single output, and those for classes. */
  private static int usable(Optional<Sited<Integer>> width) {
    return width.map(Sited::value).filter(w -> w >= 1 && w <= MAX_WIDTH).orElse(2);
  }

  private static List<ValidLayer> chain(List<ValidLayer> layers, int inputs) {
    List<ValidLayer> chained = new ArrayList<>();
    String from = ValidSpec.INPUT;
    int in = inputs;
    for (ValidLayer layer : layers) {
      chained.add(new ValidLayer.LinearLayer(
          layer.name(), from, in, layer.shape(), true, layer.activation()));
      from = layer.name();
      in = layer.width();
    }
    return chained;
  }
}
