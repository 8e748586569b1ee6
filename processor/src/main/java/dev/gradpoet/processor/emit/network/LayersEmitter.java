package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.LAYER;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.Activation;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.graph.Layer;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Prints how a network describes its layers, each with its parameters. */
public final class LayersEmitter {

  private static final ClassName DECLARED_LAYER = RuntimeTypes.support("DeclaredLayer");

  private final Plan plan;
  private final Names names;

  public LayersEmitter(Plan plan, Names names) {
    this.plan = plan;
    this.names = names;
  }

  // private static void addLayers(List<Layer> layers, Parameters p) {
  //   layers.add(new DeclaredLayer("hidden", "Linear", List.of("input"), new int[] {32}, ...));
  //   ...
  // }
  public void add(TypeSpec.Builder type) {
    MethodSpec.Builder method = MethodSpec.methodBuilder("addLayers")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(ParameterizedTypeName.get(ClassName.get(List.class), LAYER), "layers")
        .addParameter(names.nested("Parameters"), "p");
    Sequence.add(
        type, method, plan.network().layers().stream().map(this::addLayer).toList());
  }

  // layers.add(new DeclaredLayer(
  //     "hidden", "Linear", List.of("input"), new int[] {32}, Activation.RELU,
  //     List.of("in_features", 64, "out_features", 32, "bias", true),
  //     List.of(p.hiddenWeight, p.hiddenBias)))
  private CodeBlock addLayer(Layer layer) {
    CodeBlock from = layer.from().stream()
        .map(name -> CodeBlock.of("$S", name))
        .collect(CodeBlock.joining(", "));
    CodeBlock options = layer.options().entrySet().stream()
        .map(option -> CodeBlock.of("$S, $L", option.getKey(), value(option.getValue())))
        .collect(CodeBlock.joining(", "));
    return CodeBlock.of(
        "layers.add(new $T(\n$S, $S, $T.of($L), new int[] {$L}, $T.$L,\n$T.of($L),\n$T.of($L)))",
        DECLARED_LAYER,
        layer.name(),
        layer.type(),
        List.class,
        from,
        layer.shape().sizes().stream().map(String::valueOf).collect(Collectors.joining(", ")),
        Activation.class,
        layer.activation(),
        List.class,
        options,
        List.class,
        slots(layer));
  }

  private static Object value(Object option) {
    if (option instanceof List<?> list) {
      return CodeBlock.of(
          "$T.of($L)",
          List.class,
          list.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    return option instanceof Double real ? Scalar.DOUBLE.literal(real) : option;
  }

  private String slots(Layer layer) {
    return plan.parameters(layer.name()).stream()
        .map(parameter -> "p." + names.field(parameter))
        .collect(Collectors.joining(", "));
  }
}
