package dev.gradpoet.processor.emit.trainer;

import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.CommonCode.storage;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.ROWS;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.TENSOR;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.DType;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.loss.LossTargets;
import dev.gradpoet.processor.emit.loss.LossTargets.Target;
import dev.gradpoet.processor.emit.network.StorageEmitter;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.Padding;
import javax.lang.model.element.Modifier;

/** Prints {@code evaluate}, of the network and of its {@code Trainer}, and the nested class {@code Evaluation} that computes both. */
public final class EvaluationEmitter {

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final StorageEmitter storage;
  private final LossTargets targets;

  public EvaluationEmitter(Plan plan, StorageEmitter storage, Signatures signatures) {
    this.plan = plan;
    this.names = signatures.names();
    this.scalar = signatures.scalar();
    this.storage = storage;
    this.targets = new LossTargets(plan, scalar);
  }

  // public float evaluate(float[] x, int[] y) {
  //   return evaluate(x, Targets.classes(x, INPUTS, y), y);
  // }
  //
  // public float evaluate(float[] x, int n, int[] y) {
  //   return new Evaluation(this).loss(x, n, y);
  // }
  //
  // @Override
  // public double evaluate(Tensor x, Tensor y) {
  //   int n = Check.matrix("x", x, DType.FLOAT32, INPUTS);
  //   if (Objects.requireNonNull(y, "y").dtype() == DType.INT64) {
  //     return evaluate(x.toFloatArray(), n, Check.classIndices(y, n, OUTPUTS, -100));
  //   }
  //   Check.exactDense(y, DType.FLOAT32, n, OUTPUTS);
  //   return evaluate(x.toFloatArray(), n, y.toFloatArray());
  // }
  /** Adds the methods of the network, and the class. */
  public void ofNetwork(TypeSpec.Builder type) {
    onArrays(type, "The loss of any number of rows, without gradients", "new Evaluation(this)");
    MethodSpec.Builder ofTensors = ofTensors();
    if (targets.all().isEmpty()) {
      type.addMethod(ofTensors.addStatement("throw $T.noLoss()", CHECK).build());
      return;
    }
    ofTensors.addStatement(
        "int n = $T.matrix($S, x, $T.$L, INPUTS)", CHECK, "x", DType.class, scalar.dtype());
    String x = "x." + scalar.toArray() + "(), n, ";
    type.addMethod(targets.dispatch(ofTensors, "evaluate", x).build());
  }

  /** Adds the methods of the trainer, which allocate nothing, and what they compute with. */
  public void ofTrainer(TypeSpec.Builder type) {
    if (!targets.all().isEmpty()) {
      type.addField(FieldSpec.builder(
              names.nested("Evaluation"), "evaluation", Modifier.PRIVATE, Modifier.FINAL)
          .addJavadoc("Scratch memory of evaluate, separate from the values that forward keeps.\n")
          .build());
    }
    onArrays(type, "The same as the network's evaluate, without allocating", "evaluation");
    type.addMethod(ofTensors().addStatement("return network.evaluate(x, y)").build());
  }

  /** {@code this.evaluation = new Evaluation(network);} */
  public void construct(MethodSpec.Builder constructor) {
    if (!targets.all().isEmpty()) {
      constructor.addStatement("this.evaluation = new Evaluation(network)");
    }
  }

  private static MethodSpec.Builder ofTensors() {
    return override("evaluate")
        .returns(TypeName.DOUBLE)
        .addParameter(TENSOR, "x")
        .addParameter(TENSOR, "y");
  }

  /**
   * The forms of {@code evaluate} for arrays.
   *
   * @param inWords what the Javadoc says before it says what the target is
   */
  private void onArrays(TypeSpec.Builder type, String inWords, String evaluation) {
    for (Target target : targets.all()) {
      MethodSpec.Builder whole = MethodSpec.methodBuilder("evaluate")
          .addJavadoc(inWords + "; y is $L.\n", targets.inWords(target))
          .addModifiers(Modifier.PUBLIC)
          .returns(scalar.type())
          .addParameter(scalar.array(), "x")
          .addParameter(target.type(), "y")
          .addStatement("return evaluate(x, $L, y)", targets.rows(target));
      type.addMethod(whole.build());
      type.addMethod(MethodSpec.methodBuilder("evaluate")
          .addJavadoc("{@code evaluate} on the first n rows of arrays that may be longer.\n")
          .addModifiers(Modifier.PUBLIC)
          .returns(scalar.type())
          .addParameter(scalar.array(), "x")
          .addParameter(TypeName.INT, "n")
          .addParameter(target.type(), "y")
          .addStatement("return $L.loss(x, n, y)", evaluation)
          .build());
    }
  }

  // private static final class Evaluation {
  //   final DigitsNetwork network;
  //   final Values v;
  //   final float[][] ignored = new float[TILE][16];
  //   final float[][] softmax = new float[2][TILE];
  //
  //   Evaluation(DigitsNetwork network) {
  //     this.network = network;
  //     this.v = new Values(network.p, TILE);
  //   }
  //
  //   float loss(float[] x, int n, int[] y) { ... }
  // }
  /** The class. */
  public TypeSpec evaluation() {
    TypeSpec.Builder type = storage("Evaluation")
        .addJavadoc(
            "The loss of any number of rows, one tile at a time, without a backward pass.\n")
        .addField(FieldSpec.builder(names.network(), "network", Modifier.FINAL).build())
        .addField(FieldSpec.builder(names.nested("Values"), "v", Modifier.FINAL).build())
        .addField(FieldSpec.builder(scalar.rows(), "ignored", Modifier.FINAL)
            .addJavadoc("The gradient, which is not used.\n")
            .initializer("new $T[TILE][$L]", scalar.type(), Padding.padded(plan.outputs()))
            .build());
    if (plan.hasTwoPassLoss()) {
      type.addField(FieldSpec.builder(scalar.rows(), "softmax", Modifier.FINAL)
          .initializer("new $T[2][TILE]", scalar.type())
          .build());
    }
    if (targets.objective().unreduced()) {
      type.addField(FieldSpec.builder(scalar.array(), "ignoredLosses", Modifier.FINAL)
          .initializer("new $T[$L]", scalar.type(), targets.perRow() ? "TILE" : "TILE * OUTPUTS")
          .build());
    }
    type.addMethod(MethodSpec.constructorBuilder()
        .addParameter(names.network(), "network")
        .addStatement("this.network = network")
        .addStatement("this.v = $L", storage.newValues("network.p", "TILE", false))
        .build());
    targets.all().forEach(target -> type.addMethod(loss(target)));
    return type.build();
  }

  // float loss(float[] x, int n, int[] y) {
  //   (checks)
  //   double count = Losses.classWeight(y, n);
  //   double sum = 0;
  //   for (int from = 0; from < n; from += TILE) {
  //     int rows = Math.min(TILE, n - from);
  //     Rows.read(x, from, rows, INPUTS, v.input);
  //     network.forward(v, rows);
  //     sum = Losses.crossEntropy(v.logits, rows, y, from, sum, 0f, ignored, softmax);
  //   }
  //   return (float) (sum / count);
  // }
  private MethodSpec loss(Target target) {
    MethodSpec.Builder loss = MethodSpec.methodBuilder("loss")
        .returns(scalar.type())
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "n")
        .addParameter(target.type(), "y");
    targets.checkRows(loss, target);
    targets.count(loss, target);
    return loss.addStatement("double sum = 0")
        .beginControlFlow("for (int from = 0; from < n; from += TILE)")
        .addStatement("int rows = $T.min(TILE, n - from)", Math.class)
        .addStatement("$T.read(x, from, rows, INPUTS, v.$L)", ROWS, names.field(plan.input()))
        .addStatement("network.forward(v, rows)")
        .addStatement(
            "sum = $L(v.$L, rows, y, from, sum, $L, ignored$L)",
            targets.method(),
            names.field(plan.output()),
            scalar.literal(0),
            targets.passedToo("ignoredLosses"))
        .endControlFlow()
        .addStatement("return $L", targets.reduced())
        .build();
  }
}
