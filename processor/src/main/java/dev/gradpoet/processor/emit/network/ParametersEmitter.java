package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.field;
import static dev.gradpoet.processor.emit.code.CommonCode.storage;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.GENERATOR;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.LAYER;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.plan.LinearParameters;
import dev.gradpoet.processor.plan.LinearParameters.Layout;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.validate.ValidLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the nested class {@code Parameters}: the linear layers, how they get their first numbers, and the list of all layers. */
public final class ParametersEmitter {

  private static final ClassName INITIALIZATION = RuntimeTypes.support("Initialization");
  private static final ClassName MERGE_LAYER = RuntimeTypes.support("MergeLayer");

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final KernelChoice choice;

  public ParametersEmitter(Plan plan, Names names, Scalar scalar, KernelChoice choice) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.choice = choice;
  }

  // private static final class Parameters {
  //   final FloatLinear hidden;
  //   final FloatLinear[] all;
  //
  //   Parameters() {
  //     hidden = FloatLinear.byInput("hidden", 64, 32, true);
  //     all = new FloatLinear[] {hidden};
  //   }
  //
  //   void draw(Generator g) { ... }       initial weights
  //   void copyFrom(Parameters other) { ... }
  //   void addTo(List<Layer> layers) { ... }
  // }
  public TypeSpec parameters() {
    TypeSpec.Builder type = storage("Parameters")
        .addJavadoc(
            "The parameters of the linear layers; another one of these holds their gradients, or the momentum of each.\n");
    List<CodeBlock> statements = new ArrayList<>();
    plan.parameters().forEach(layer -> statements.add(newLinear(layer)));
    statements.add(CodeBlock.of(
        "$L = new $T[] {$L}",
        Names.ALL,
        scalar.linear(),
        plan.parameters().stream()
            .map(layer -> names.field(layer.layer()))
            .collect(Collectors.joining(", "))));
    boolean split = Sequence.isSplit(statements.size());
    for (LinearParameters layer : plan.parameters()) {
      type.addField(field(scalar.linear(), names.field(layer.layer()), split));
    }
    type.addField(field(ArrayTypeName.of(scalar.linear()), Names.ALL, split));
    Sequence.add(type, MethodSpec.constructorBuilder(), statements);
    type.addMethod(draw()).addMethod(copyFrom());
    Sequence.add(
        type,
        MethodSpec.methodBuilder("addTo")
            .addParameter(ParameterizedTypeName.get(ClassName.get(List.class), LAYER), "layers"),
        addLayers());
    return type.build();
  }

  // hidden = FloatLinear.byInput("hidden", 64, 32, true)
  // hidden = FloatLinear.byInput("hidden", 64, 32, true, SIMD ? 64 : 0)
  private CodeBlock newLinear(LinearParameters layer) {
    return CodeBlock.of(
        "$L = $T.$L($S, $L, $L, $L$L)",
        names.field(layer.layer()),
        scalar.linear(),
        layer.layout() == Layout.BY_INPUT ? "byInput" : "byOutput",
        layer.layer(),
        layer.in(),
        layer.out(),
        layer.bias(),
        choice.isMade() ? ", SIMD ? " + layer.panel() + " : 0" : "");
  }

  // for (FloatLinear layer : all) {
  //   Initialization.pytorchDefault(g, layer);
  // }
  private MethodSpec draw() {
    MethodSpec.Builder draw = MethodSpec.methodBuilder("draw").addParameter(GENERATOR, "g");
    draws(draw, "pytorchDefault");
    switch (plan.spec().init()) {
      case PYTORCH_DEFAULT -> {
        // nothing after it
      }
      case XAVIER_UNIFORM -> draws(draw, "xavierUniform");
      case XAVIER_NORMAL -> draws(draw, "xavierNormal");
      case KAIMING_UNIFORM_RELU -> draws(draw, "kaimingUniformRelu");
      case KAIMING_NORMAL_RELU -> draws(draw, "kaimingNormalRelu");
    }
    return draw.build();
  }

  private void draws(MethodSpec.Builder draw, String scheme) {
    draw.beginControlFlow("for ($T layer : $L)", scalar.linear(), Names.ALL)
        .addStatement("$T.$L(g, layer)", INITIALIZATION, scheme)
        .endControlFlow();
  }

  // for (int i = 0; i < all.length; i++) {
  //   all[i].copyFrom(other.all[i]);
  // }
  private MethodSpec copyFrom() {
    return MethodSpec.methodBuilder("copyFrom")
        .addParameter(names.nested("Parameters"), "other")
        .beginControlFlow("for (int i = 0; i < $L.length; i++)", Names.ALL)
        .addStatement("$1L[i].copyFrom(other.$1L[i])", Names.ALL)
        .endControlFlow()
        .build();
  }

  /** Merges stand between the linear layers where there are any. */
  private List<CodeBlock> addLayers() {
    List<ValidLayer> layers = plan.spec().layers();
    return layers.size() == plan.parameters().size()
        ? List.of(CodeBlock.of("layers.addAll($T.of($L))", List.class, Names.ALL))
        : layers.stream().map(this::addLayer).toList();
  }

  private CodeBlock addLayer(ValidLayer layer) {
    return layer.match(
        linear -> CodeBlock.of("layers.add($L)", names.field(layer.name())),
        add -> addMerge(layer, "Add"),
        concat -> addMerge(layer, "Concat"));
  }

  private static CodeBlock addMerge(ValidLayer layer, String kind) {
    return CodeBlock.of(
        "layers.add(new $T($S, $S, $L))", MERGE_LAYER, layer.name(), kind, layer.width());
  }
}
