package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.field;
import static dev.gradpoet.processor.emit.code.CommonCode.storage;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.GENERATOR;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.plan.LinearParameters;
import dev.gradpoet.processor.plan.LinearParameters.Layout;
import dev.gradpoet.processor.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** Prints the nested class {@code Parameters}: the slots of all layers, and how they get their first numbers. */
public final class ParametersEmitter {

  private static final ClassName INITIALIZATION = RuntimeTypes.support("Initialization");

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
  //   final FloatParameter hiddenWeight;
  //   final FloatParameter hiddenBias;
  //   final List<FloatParameter> all;
  //
  //   Parameters() {
  //     hiddenWeight = FloatParameter.byInput("hidden", "weight", 64, 32);
  //     hiddenBias = FloatParameter.vector("hidden", "bias", 32);
  //     all = List.of(hiddenWeight, hiddenBias);
  //   }
  //
  //   void draw(Generator g) { ... }       initial values
  //   void copyFrom(Parameters other) { ... }
  //   void zero() { ... }
  // }
  public TypeSpec parameters() {
    TypeSpec.Builder type = storage("Parameters")
        .addJavadoc(
            "The parameters of the layers; another one of these holds their gradients, or the momentum of each.\n");
    List<String> slots = new ArrayList<>();
    List<CodeBlock> statements = new ArrayList<>();
    for (LinearParameters layer : plan.parameters()) {
      slots.add(names.weight(layer.layer()));
      statements.add(newWeight(layer));
      if (layer.bias()) {
        slots.add(names.bias(layer.layer()));
        statements.add(newBias(layer));
      }
    }
    boolean split = Sequence.isSplit(statements.size() + 1);
    statements.addAll(listOf(slots, split));
    slots.forEach(slot -> type.addField(field(scalar.parameter(), slot, split)));
    TypeName list = ParameterizedTypeName.get(ClassName.get(List.class), scalar.parameter());
    type.addField(field(list, Names.ALL, split));
    Sequence.add(type, MethodSpec.constructorBuilder(), statements);
    Sequence.add(type, MethodSpec.methodBuilder("draw").addParameter(GENERATOR, "g"), draw());
    return type.addMethod(copyFrom()).addMethod(zero()).build();
  }

  // all = List.of(hiddenWeight, hiddenBias)
  //
  // all = new ArrayList<>()
  // all.add(hiddenWeight)
  // ...
  /** The list of all slots; one call with all of a large network would be a method that HotSpot does not compile. */
  private static List<CodeBlock> listOf(List<String> slots, boolean split) {
    if (!split) {
      return List.of(
          CodeBlock.of("$L = $T.of($L)", Names.ALL, List.class, String.join(", ", slots)));
    }
    List<CodeBlock> statements = new ArrayList<>();
    statements.add(CodeBlock.of("$L = new $T<>()", Names.ALL, ArrayList.class));
    slots.forEach(slot -> statements.add(CodeBlock.of("$L.add($L)", Names.ALL, slot)));
    return statements;
  }

  // hiddenWeight = FloatParameter.byInput("hidden", "weight", 64, 32)
  // hiddenWeight = FloatParameter.byInput("hidden", "weight", 64, 32, SIMD ? 64 : 0)
  private CodeBlock newWeight(LinearParameters layer) {
    return CodeBlock.of(
        "$L = $T.$L($S, $S, $L, $L$L)",
        names.weight(layer.layer()),
        scalar.parameter(),
        layer.layout() == Layout.BY_INPUT ? "byInput" : "byOutput",
        layer.layer(),
        "weight",
        layer.in(),
        layer.out(),
        choice.isMade() ? ", SIMD ? " + layer.panel() + " : 0" : "");
  }

  // hiddenBias = FloatParameter.vector("hidden", "bias", 32)
  private CodeBlock newBias(LinearParameters layer) {
    return CodeBlock.of(
        "$L = $T.vector($S, $S, $L)",
        names.bias(layer.layer()),
        scalar.parameter(),
        layer.layer(),
        "bias",
        layer.out());
  }

  // Initialization.pytorchDefault(g, hiddenWeight);
  // Initialization.pytorchDefault(g, hiddenBias, 64);
  // ...
  // Initialization.xavierUniform(g, hiddenWeight);
  // hiddenBias.zero();
  // ...
  /** PyTorch's constructors draw their default before {@code torch.nn.init} draws another. */
  private List<CodeBlock> draw() {
    List<CodeBlock> draws = new ArrayList<>();
    for (LinearParameters layer : plan.parameters()) {
      draws.add(drawWeight("pytorchDefault", layer));
      if (layer.bias()) {
        draws.add(CodeBlock.of(
            "$T.pytorchDefault(g, $L, $L)", INITIALIZATION, names.bias(layer.layer()), layer.in()));
      }
    }
    switch (plan.spec().init()) {
      case PYTORCH_DEFAULT -> {
        // nothing after it
      }
      case XAVIER_UNIFORM -> draw(draws, "xavierUniform");
      case XAVIER_NORMAL -> draw(draws, "xavierNormal");
      case KAIMING_UNIFORM_RELU -> draw(draws, "kaimingUniformRelu");
      case KAIMING_NORMAL_RELU -> draw(draws, "kaimingNormalRelu");
    }
    return draws;
  }

  private void draw(List<CodeBlock> draws, String scheme) {
    for (LinearParameters layer : plan.parameters()) {
      draws.add(drawWeight(scheme, layer));
      if (layer.bias()) {
        draws.add(CodeBlock.of("$L.zero()", names.bias(layer.layer())));
      }
    }
  }

  private CodeBlock drawWeight(String scheme, LinearParameters layer) {
    return CodeBlock.of("$T.$L(g, $L)", INITIALIZATION, scheme, names.weight(layer.layer()));
  }

  // for (int i = 0; i < all.size(); i++) {
  //   all.get(i).copyFrom(other.all.get(i));
  // }
  private MethodSpec copyFrom() {
    return MethodSpec.methodBuilder("copyFrom")
        .addParameter(names.nested("Parameters"), "other")
        .beginControlFlow("for (int i = 0; i < $L.size(); i++)", Names.ALL)
        .addStatement("$1L.get(i).copyFrom(other.$1L.get(i))", Names.ALL)
        .endControlFlow()
        .build();
  }

  // for (int i = 0; i < all.size(); i++) {
  //   all.get(i).zero();
  // }
  private static MethodSpec zero() {
    return MethodSpec.methodBuilder("zero")
        .beginControlFlow("for (int i = 0; i < $L.size(); i++)", Names.ALL)
        .addStatement("$L.get(i).zero()", Names.ALL)
        .endControlFlow()
        .build();
  }
}
