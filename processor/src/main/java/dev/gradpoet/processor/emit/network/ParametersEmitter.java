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
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints the nested class {@code Parameters}: the slots of all layers and their initialization. */
public final class ParametersEmitter {

  private static final ClassName INITIALIZATION = RuntimeTypes.support("Initialization");
  private static final ClassName COUNT = RuntimeTypes.support("Slot").nestedClass("Count");

  /** The maximum number of constants that a statement sets, of about eight bytes each. */
  private static final int CONSTANTS = 8;

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
  // }
  public TypeSpec parameters() {
    TypeSpec.Builder type = storage("Parameters")
        .addJavadoc("The parameters of the layers; a second instance holds their gradients.\n");
    List<String> slots = plan.parameters().stream().map(names::field).toList();
    List<CodeBlock> statements = new ArrayList<>();
    plan.parameters().forEach(parameter -> statements.add(newSlot(parameter)));
    plan.statistics().forEach(statistic -> statements.add(newStatistic(statistic)));
    boolean split = Sequence.isSplit(statements.size() + 1);
    statements.addAll(listOf(slots, split));
    slots.forEach(slot -> type.addField(field(scalar.parameter(), slot, split)));
    plan.statistics()
        .forEach(each -> type.addField(
            field(each.isVector() ? scalar.parameter() : COUNT, names.field(each), split)));
    TypeName list = ParameterizedTypeName.get(ClassName.get(List.class), scalar.parameter());
    type.addField(field(list, Names.ALL, split));
    Sequence.add(type, MethodSpec.constructorBuilder(), statements);
    Sequence.add(type, MethodSpec.methodBuilder("draw").addParameter(GENERATOR, "g"), draw());
    return type.build();
  }

  // all = List.of(hiddenWeight, hiddenBias)
  //
  // all = new ArrayList<>()
  // all.add(hiddenWeight)
  // ...
  /** The list of all slots; a single call with the slots of a large network would be too long for HotSpot to compile. */
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
  // hiddenBias = FloatParameter.vector("hidden", "bias", 32)
  private CodeBlock newSlot(Parameter parameter) {
    return CodeBlock.of(
        "$L = $T.$L($S, $S, $L)$L",
        names.field(parameter),
        scalar.parameter(),
        switch (parameter.layout()) {
          case VECTOR -> "vector";
          case BY_INPUT, BY_TAP -> "byInput";
          case BY_OUTPUT -> "byOutput";
        },
        parameter.layer(),
        parameter.name(),
        parameter.isMatrix() ? matrix(parameter) : sizes(parameter.shape().sizes()),
        parameter.isConvolution() ? ".ofConvolution(" + sizes(parameter.shape().rest()) + ")" : "");
  }

  private static String sizes(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  // bnRunningMean = FloatParameter.statistic("bn", "running_mean", 32)
  // bnNumBatchesTracked = new Slot.Count("num_batches_tracked")
  private CodeBlock newStatistic(Statistic statistic) {
    String field = names.field(statistic);
    return statistic.isVector()
        ? CodeBlock.of(
            "$L = $T.statistic($S, $S, $L)",
            field,
            scalar.parameter(),
            statistic.layer(),
            statistic.name(),
            statistic.size())
        : CodeBlock.of("$L = new $T($S)", field, COUNT, statistic.name());
  }

  private String matrix(Parameter parameter) {
    String shape = parameter.in() + ", " + parameter.out();
    return choice.hasTwoFamilies() && parameter.isInPanels()
        ? shape + ", SIMD ? " + parameter.panel() + " : 0"
        : shape;
  }

  // Initialization.pytorchDefault(g, hiddenWeight);
  // Initialization.pytorchDefault(g, hiddenBias, 64);
  // ...
  // Initialization.xavierUniform(g, hiddenWeight);
  // hiddenBias.zero();
  // ...
  /** Draws PyTorch's default first, as its constructors do, and then the declared scheme, as {@code torch.nn.init} does. */
  private List<CodeBlock> draw() {
    List<CodeBlock> draws = new ArrayList<>();
    plan.parameters().forEach(parameter -> drawDefault(draws, parameter));
    scheme()
        .ifPresent(
            scheme -> plan.parameters().forEach(parameter -> drawBy(scheme, draws, parameter)));
    plan.statistics().forEach(statistic -> set(draws, statistic));
    return draws;
  }

  // bnRunningVar.fill(1f);
  //
  // scaledMean.set(0, 0.5f, 1.5f, ...);       if the declaration gives the values
  // scaledMean.set(8, 2f, 3f);
  private void set(List<CodeBlock> draws, Statistic statistic) {
    String field = names.field(statistic);
    List<Double> constants = statistic.constants();
    if (constants.isEmpty() && statistic.kind() == Statistic.Kind.ONES) {
      draws.add(fillWithOnes(field));
    }
    for (int from = 0; from < constants.size(); from += CONSTANTS) {
      List<Double> some = constants.subList(from, Math.min(from + CONSTANTS, constants.size()));
      CodeBlock values = some.stream().map(scalar::literal).collect(CodeBlock.joining(", "));
      draws.add(CodeBlock.of("$L.set($L, $L)", field, from, values));
    }
  }

  /** The method of a scheme that replaces PyTorch's default. */
  private Optional<String> scheme() {
    return switch (plan.network().init()) {
      case PYTORCH_DEFAULT -> Optional.empty();
      case XAVIER_UNIFORM -> Optional.of("xavierUniform");
      case XAVIER_NORMAL -> Optional.of("xavierNormal");
      case KAIMING_UNIFORM_RELU -> Optional.of("kaimingUniformRelu");
      case KAIMING_NORMAL_RELU -> Optional.of("kaimingNormalRelu");
    };
  }

  private void drawDefault(List<CodeBlock> draws, Parameter parameter) {
    String field = names.field(parameter);
    switch (parameter.initial()) {
      case WEIGHT -> draws.add(draw("pytorchDefault", field));
      case BIAS ->
        draws.add(CodeBlock.of(
            "$T.pytorchDefault(g, $L, $L)", INITIALIZATION, field, plan.fanIn(parameter)));
      case ONES -> draws.add(fillWithOnes(field));
      case TABLE -> draws.add(draw("standardNormal", field));
      case SLOPE -> draws.add(CodeBlock.of("$L.fill($L)", field, scalar.literal(0.25)));
      case ZEROS -> {
        // as allocated
      }
    }
  }

  private void drawBy(String scheme, List<CodeBlock> draws, Parameter parameter) {
    String field = names.field(parameter);
    switch (parameter.initial()) {
      case WEIGHT -> draws.add(draw(scheme, field));
      case BIAS -> draws.add(CodeBlock.of("$L.zero()", field));
      case ONES, ZEROS, SLOPE, TABLE -> {
        // no scheme changes them
      }
    }
  }

  // bnWeight.fill(1f);
  private CodeBlock fillWithOnes(String field) {
    return CodeBlock.of("$L.fill($L)", field, scalar.literal(1));
  }

  private static CodeBlock draw(String scheme, String field) {
    return CodeBlock.of("$T.$L(g, $L)", INITIALIZATION, scheme, field);
  }
}
