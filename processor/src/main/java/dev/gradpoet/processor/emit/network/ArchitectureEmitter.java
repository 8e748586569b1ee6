package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.LAYER;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.graph.Input;
import dev.gradpoet.processor.graph.Layer;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Prints the description of a network: its input, and its layers with their parameters. */
public final class ArchitectureEmitter {

  private static final ClassName ARCHITECTURE = RuntimeTypes.runtime("Architecture");
  private static final ClassName DECLARED_LAYER = RuntimeTypes.support("DeclaredLayer");
  private static final TypeName LAYERS =
      ParameterizedTypeName.get(ClassName.get(List.class), LAYER);

  private final Plan plan;
  private final Names names;

  public ArchitectureEmitter(Plan plan, Names names) {
    this.plan = plan;
    this.names = names;
  }

  // private static Architecture architecture(Parameters p) {
  //   List<Layer> layers = new ArrayList<>();
  //   layers.add(new DeclaredLayer("hidden", "Linear", List.of("input"), new int[] {32}, ...));
  //   ...
  //   return Architecture.of(
  //       "Digits", DType.FLOAT32, List.of(Architecture.Input.of("input", 64)), layers);
  // }
  public void add(TypeSpec.Builder type) {
    ParameterSpec p = ParameterSpec.builder(names.nested("Parameters"), "p").build();
    ParameterSpec layers = ParameterSpec.builder(LAYERS, "layers").build();
    MethodSpec.Builder method = MethodSpec.methodBuilder("architecture")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(ARCHITECTURE)
        .addParameter(p)
        .addStatement("$T layers = new $T<>()", LAYERS, ArrayList.class);
    List<MethodSpec> parts = Sequence.append(
        method,
        List.of(layers, p),
        plan.network().layers().stream().map(this::addLayer).toList());
    method.addStatement(
        "return $T.of(\n$S, $T.$L, $T.of($L), layers)",
        ARCHITECTURE,
        names.declaration().simpleName(),
        DType.class,
        plan.network().dtype(),
        List.class,
        plan.network().inputs().stream()
            .map(ArchitectureEmitter::input)
            .collect(CodeBlock.joining(", ")));
    type.addMethod(method.build()).addMethods(parts);
  }

  // Architecture.Input.of("numbers", 4)
  //
  // Architecture.Input.ofIndices("categories", 1000, 2)
  private static CodeBlock input(Input input) {
    return CodeBlock.of(
        "$T.$L($S, $L$L)",
        ARCHITECTURE.nestedClass("Input"),
        input.isDense() ? "of" : "ofIndices",
        input.name(),
        input.isDense() ? "" : input.classes().getAsInt() + ", ",
        sizes(input.shape()));
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
        sizes(layer.shape()),
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

  /** {@code 1, 28, 28}. */
  private static String sizes(Shape shape) {
    return shape.sizes().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private String slots(Layer layer) {
    Stream<String> parameters = plan.parameters(layer.name()).stream().map(names::field);
    Stream<String> buffers = plan.statistics().stream()
        .filter(statistic -> statistic.layer().equals(layer.name()))
        .map(names::field);
    return Stream.concat(parameters, buffers)
        .map(field -> "p." + field)
        .collect(Collectors.joining(", "));
  }
}
