package dev.gradpoet.processor.emit.trainer;

import static dev.gradpoet.processor.emit.code.CommonCode.hook;
import static dev.gradpoet.processor.emit.code.CommonCode.storage;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Inputs;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.loss.LossTargets;
import dev.gradpoet.processor.emit.loss.LossTargets.Target;
import dev.gradpoet.processor.emit.network.TrainingPassEmitter;
import dev.gradpoet.processor.emit.network.ValuesEmitter;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.Padding;
import javax.lang.model.element.Modifier;

/** Prints the nested class {@code Batch}: the forward pass and the loss of the rows of a {@code Trainer} or of a tile in {@code evaluate}. */
public final class BatchEmitter {

  private static final String ADD_LOSSES = "return $L(output, n, y, from, sum, scale, gradient$L)";

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final ValuesEmitter values;
  private final LossTargets targets;
  private final Inputs inputs;

  public BatchEmitter(Plan plan, ValuesEmitter values, Signatures signatures) {
    this.plan = plan;
    this.names = signatures.names();
    this.scalar = signatures.scalar();
    this.values = values;
    this.targets = new LossTargets(plan, scalar);
    this.inputs = new Inputs(plan.network(), scalar);
  }

  // private static final class Batch extends FloatBatch {
  //   private final DigitsNetwork network;
  //   private final Values v;
  //
  //   Batch(DigitsNetwork network) { ... }
  //   Batch(DigitsNetwork network, Values v, float[][] gradient) { ... }
  //
  //   @Override
  //   protected void forward(int n, int total) {
  //     network.forward(v, n);
  //   }
  //   ...
  // }
  public TypeSpec batch() {
    TypeSpec.Builder type = storage("Batch")
        .addJavadoc("A batch of rows: their forward pass, and the loss of their outputs.\n")
        .superclass(
            inputs.isOneDense()
                ? RuntimeTypes.training(scalar.prefix() + "Batch")
                : RuntimeTypes.inputs(scalar.prefix() + "InputsBatch"))
        .addField(FieldSpec.builder(names.network(), "network", Modifier.PRIVATE, Modifier.FINAL)
            .build())
        .addField(FieldSpec.builder(names.nested("Values"), "v", Modifier.PRIVATE, Modifier.FINAL)
            .build());
    if (hasNorms()) {
      type.addField(
              FieldSpec.builder(names.nested("Values"), "all", Modifier.PRIVATE, Modifier.FINAL)
                  .build())
          .addField(FieldSpec.builder(RuntimeTypes.PART, "part", Modifier.PRIVATE, Modifier.FINAL)
              .build());
    }
    if (!targets.all().isEmpty()) {
      type.addMethod(ofTile());
    }
    type.addMethod(constructor());
    if (!inputs.isOneDense()) {
      type.addMethod(read());
    }
    forward(type);
    targets.all().forEach(target -> type.addMethod(addLosses(target)));
    return type.build();
  }

  // @Override
  // protected void prepare(int n) {
  //   if (training) {
  //     network.prepareTraining(v, n);
  //   }
  // }
  //
  // @Override
  // protected void forward(int n, int total) {
  //   if (training) {
  //     network.trainingForward(v, n);
  //   } else {
  //     network.forward(v, n);
  //   }
  // }
  private void forward(TypeSpec.Builder type) {
    MethodSpec.Builder method =
        hook("forward").addParameter(TypeName.INT, "n").addParameter(TypeName.INT, "total");
    if (!plan.dropouts().isEmpty() || hasNorms()) {
      type.addMethod(hook("prepare")
          .addParameter(TypeName.INT, "n")
          .beginControlFlow("if (training)")
          .addStatement("network.$L(v, n)", TrainingPassEmitter.PREPARE)
          .endControlFlow()
          .build());
    }
    if (plan.hasTwoPasses()) {
      type.addField(TypeName.BOOLEAN, "training", Modifier.PRIVATE, Modifier.FINAL);
      method
          .beginControlFlow("if (training)")
          .addStatement(
              "network.$L(v, n$L)",
              TrainingPassEmitter.METHOD,
              hasNorms() ? ", all, total, part" : "")
          .nextControlFlow("else")
          .addStatement("network.forward(v, n)")
          .endControlFlow();
    } else {
      method.addStatement("network.forward(v, n)");
    }
    type.addMethod(method.build());
  }

  /** Whether a forward pass in training sums over all rows, so that its threads need more than their own. */
  private boolean hasNorms() {
    return !plan.batchNorms().isEmpty();
  }

  // Batch(DigitsNetwork network) {
  //   this(network, new Values(network.p, BatchRows.of(TILE)), new float[TILE][16]);
  // }
  private MethodSpec ofTile() {
    return MethodSpec.constructorBuilder()
        .addJavadoc("A tile of rows to evaluate; its gradient is not used.\n")
        .addParameter(names.network(), "network")
        .addStatement(
            "this(network, $L, new $T[TILE][$L]$L$L)",
            values.newValues(
                "network.p", CodeBlock.of("$T.of(TILE)", RuntimeTypes.BATCH_ROWS), false),
            scalar.type(),
            Padding.padded(plan.outputs()),
            plan.hasTwoPasses() ? ", false" : "",
            hasNorms() ? CodeBlock.of(", null, $T.WHOLE", RuntimeTypes.PART) : "")
        .build();
  }

  // Batch(DigitsNetwork network, Values v, float[][] gradient) {
  //   super(Targets.classes(INPUTS, OUTPUTS, Loss.CROSS_ENTROPY, Reduction.MEAN, -100), v.input,
  //       v.logits, gradient);
  //   this.network = network;
  //   this.v = v;
  //   weighClasses(Losses.CLASS_WEIGHTS);       if weights are declared
  //   weighPositives(Losses.POS_WEIGHT);        the same for those of positive targets
  // }
  private MethodSpec constructor() {
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
        .addParameter(names.network(), "network")
        .addParameter(names.nested("Values"), "v")
        .addParameter(scalar.rows(), "gradient")
        .addStatement(
            "super($L,$W$L, v.$L, gradient)",
            targets.ofRuntime(),
            inputs.isOneDense() ? "v." + names.field(plan.inputs().get(0)) : "network.architecture",
            names.field(plan.output()))
        .addStatement("this.network = network")
        .addStatement("this.v = v");
    targets
        .declaredClassWeights()
        .ifPresent(weights -> constructor.addStatement("weighClasses($L)", weights));
    targets
        .declaredPosWeights()
        .ifPresent(weights -> constructor.addStatement("weighPositives($L)", weights));
    if (plan.hasTwoPasses()) {
      constructor
          .addParameter(TypeName.BOOLEAN, "training")
          .addStatement("this.training = training");
    }
    if (hasNorms()) {
      constructor
          .addJavadoc(
              "@param all the values of all rows, of which these are those of a part; null to evaluate\n")
          .addParameter(names.nested("Values"), "all")
          .addParameter(RuntimeTypes.PART, "part")
          .addStatement("this.all = all")
          .addStatement("this.part = part");
    }
    return constructor.build();
  }

  // @Override
  // protected void read(Object[] x, int from, int n) {
  //   v.read(x, from, n);
  // }
  private static MethodSpec read() {
    return hook("read")
        .addParameter(ArrayTypeName.of(Object.class), "x")
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.INT, "n")
        .addStatement("v.read(x, from, n)")
        .build();
  }

  // @Override
  // protected double addLosses(int n, int[] y, int from, double sum, float scale) {
  //   return Losses.crossEntropy(output, n, y, from, sum, scale, gradient, softmax, classWeights);
  // }
  //
  //   if (posWeights != null) {       of BCE_WITH_LOGITS, if they are not declared
  //     return Losses.weighedBinaryCrossEntropyWithLogits(output, n, y, from, sum, scale, gradient,
  // posWeights);
  //   }
  private MethodSpec addLosses(Target target) {
    MethodSpec.Builder method = hook("addLosses")
        .returns(TypeName.DOUBLE)
        .addParameter(TypeName.INT, "n")
        .addParameter(ParameterSpec.builder(target.type(), "y").build())
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.DOUBLE, "sum")
        .addParameter(scalar.type(), "scale");
    targets
        .methodWithPosWeights()
        .ifPresent(name -> method
            .beginControlFlow("if (posWeights != null)")
            .addStatement(ADD_LOSSES, name, targets.extraArgumentsWithPosWeights())
            .endControlFlow());
    return method
        .addStatement(ADD_LOSSES, targets.method(), targets.extraArguments())
        .build();
  }
}
