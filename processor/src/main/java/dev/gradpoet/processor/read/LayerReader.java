package dev.gradpoet.processor.read;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.diagnostic.ElementSite;
import dev.gradpoet.processor.read.NetworkSpec.ActivationOptionsSpec;
import dev.gradpoet.processor.read.NetworkSpec.InputSpec;
import dev.gradpoet.processor.read.NetworkSpec.MethodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads the methods of a declaration, which are its inputs and layers. */
final class LayerReader {

  private static final String LAYER = "dev.gradpoet.runtime.Layer";

  /** The simple name of the annotation of an input. */
  static final String INPUT = "Input";

  private static final List<String> ACTIVATION_OPTIONS =
      List.of("negativeSlope", "alpha", "minVal", "maxVal", "beta", "threshold");

  private LayerReader() {}

  static MethodSpec method(ExecutableElement method) {
    boolean hasBody = !method.getModifiers().contains(Modifier.ABSTRACT);
    List<LayerSpec> layers = new ArrayList<>();
    for (LayerKind kind : LayerKind.values()) {
      Members.of(method, kind.annotation()).ifPresent(members -> layers.add(layer(kind, members)));
    }
    return new MethodSpec(
        method.getSimpleName().toString(),
        new ElementSite(method, null, null),
        hasBody,
        difference(method),
        Members.of(method, INPUT).map(LayerReader::input),
        layers,
        Members.of(method, "ActivationOptions").map(LayerReader::activationOptions));
  }

  static ActivationOptionsSpec activationOptions(Members options) {
    return new ActivationOptionsSpec(
        options.site(), options.written(ACTIVATION_OPTIONS, options::real));
  }

  private static Optional<String> difference(ExecutableElement method) {
    if (!method.getParameters().isEmpty()) {
      return Optional.of("takes parameters");
    }
    if (!method.getTypeParameters().isEmpty()) {
      return Optional.of("has type parameters");
    }
    return isLayer(method.getReturnType())
        ? Optional.empty()
        : Optional.of("returns " + method.getReturnType());
  }

  /** Whether a type is {@code Layer}, regardless of any annotations on it. */
  private static boolean isLayer(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((javax.lang.model.type.DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals(LAYER);
  }

  /** Whether a method has the signature of a layer, or the annotation of a layer or an input. */
  static boolean isMeantAsLayer(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.ABSTRACT)
        && (difference(method).isEmpty()
            || Members.of(method, INPUT).isPresent()
            || Stream.of(LayerKind.values())
                .anyMatch(kind -> Members.of(method, kind.annotation()).isPresent()));
  }

  private static InputSpec input(Members members) {
    members.require("value");
    return new InputSpec(
        members.site(), members.integers("value").orElseThrow(), members.integer("classes"));
  }

  private static LayerSpec layer(LayerKind kind, Members members) {
    kind.required().forEach(members::require);
    return new LayerSpec(
        kind,
        members.site(),
        members.written(kind.integers(), members::integer),
        members.written(kind.reals(), members::real),
        members.written(kind.flags(), members::bool),
        members.written(kind.sizes(), members::integers),
        members.written(kind.vectors(), members::reals),
        members.constant(kind.activation(), Activation.class),
        kind.merges() ? members.strings("from") : source(members));
  }

  private static Optional<Sited<List<Sited<String>>>> source(Members members) {
    return members
        .string("from")
        .filter(from -> !from.value().isEmpty())
        .map(from -> new Sited<>(List.of(from), from.site()));
  }
}
