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
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.validate.ValidLayer;
import dev.gradpoet.processor.validate.ValidLayer.LinearLayer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Sequence.add(type, method, plan.spec().layers().stream().map(this::addLayer).toList());
  }

  private CodeBlock addLayer(ValidLayer layer) {
    return layer.match(
        linear ->
            addLayer(linear, "Linear", List.of(linear.from()), arguments(linear), slots(linear)),
        add -> addLayer(add, "Add", add.from(), Stream.of(), ""),
        concat -> addLayer(concat, "Concat", concat.from(), Stream.of(), ""));
  }

  // layers.add(new DeclaredLayer(
  //     "hidden", "Linear", List.of("input"), new int[] {32}, Activation.RELU,
  //     List.of("in_features", 64, "out_features", 32, "bias", true),
  //     List.of(p.hiddenWeight, p.hiddenBias)))
  private static CodeBlock addLayer(
      ValidLayer layer, String kind, List<String> from, Stream<CodeBlock> arguments, String slots) {
    Stream<CodeBlock> ofActivation = layer.activation().options().entrySet().stream()
        .map(option ->
            CodeBlock.of("$S, $L", option.getKey(), Scalar.DOUBLE.literal(option.getValue())));
    CodeBlock options = Stream.concat(arguments, ofActivation).collect(CodeBlock.joining(", "));
    CodeBlock sources =
        from.stream().map(name -> CodeBlock.of("$S", name)).collect(CodeBlock.joining(", "));
    return CodeBlock.of(
        "layers.add(new $T(\n$S, $S, $T.of($L), new int[] {$L}, $T.$L,\n$T.of($L),\n$T.of($L)))",
        DECLARED_LAYER,
        layer.name(),
        kind,
        List.class,
        sources,
        layer.width(),
        Activation.class,
        layer.activation().function(),
        List.class,
        options,
        List.class,
        slots);
  }

  private static Stream<CodeBlock> arguments(LinearLayer layer) {
    return Stream.of(
        CodeBlock.of("$S, $L", "in_features", layer.in()),
        CodeBlock.of("$S, $L", "out_features", layer.width()),
        CodeBlock.of("$S, $L", "bias", layer.bias()));
  }

  private String slots(LinearLayer layer) {
    return Stream.of(names.weight(layer.name()), names.bias(layer.name()))
        .limit(layer.bias() ? 2 : 1)
        .map(field -> "p." + field)
        .collect(Collectors.joining(", "));
  }
}
