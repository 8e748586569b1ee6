package dev.gradpoet.processor.emit.trainer;

import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.TENSOR;

import com.palantir.javapoet.CodeBlock;
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
import dev.gradpoet.processor.plan.Plan;
import javax.lang.model.element.Modifier;

/** Prints the moves of the {@code Trainer} that depend on the loss, one of each for every kind of target. */
public final class TrainerLossEmitter {

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final LossTargets targets;
  private final LossesEmitter losses;

  public TrainerLossEmitter(Plan plan, Signatures signatures) {
    this.plan = plan;
    this.names = signatures.names();
    this.scalar = signatures.scalar();
    this.targets = new LossTargets(plan, scalar);
    this.losses = new LossesEmitter(targets, scalar);
  }

  // public float step(float[] x, int[] y) {
  //   return step(x, Targets.classes(x, INPUTS, y), y);
  // }
  //
  // public float step(float[] x, int n, int[] y) {
  //   Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, INPUTS);
  //   Check.atLeastRows("y", n, Objects.requireNonNull(y, "y").length, 1);
  //   Check.labels(y, n, OUTPUTS, -100);
  //   state.checkBatch(n);
  //   keepForward(x, n);
  //   float loss = takeLoss(y, n);
  //   learn(n);
  //   return loss;
  // }
  public void step(TypeSpec.Builder type) {
    for (Target target : targets.all()) {
      MethodSpec.Builder whole = MethodSpec.methodBuilder("step")
          .addJavadoc(
              inWords(target, CodeBlock.of("step($T, $T)", scalar.array(), firstType()), """
              Exactly zeroGrad, forward, loss, backward, update. It uses the gradients up.

              @param x n rows of {@link #INPUTS} values, n at most the capacity
              @param y $L
              @return the loss before the update
              @throws IllegalArgumentException if a length does not fit$L; nothing has changed then
              """))
          .addModifiers(Modifier.PUBLIC)
          .returns(scalar.type())
          .addParameter(scalar.array(), "x")
          .addParameter(target.type(), "y")
          .addStatement("return step(x, $L, y)", targets.rows(target));
      type.addMethod(whole.build());
      MethodSpec.Builder rows = MethodSpec.methodBuilder("step")
          .addJavadoc(
              "{@code step} on the first n rows of arrays that may be longer; n is from 1 to the capacity.\n")
          .addModifiers(Modifier.PUBLIC)
          .returns(scalar.type())
          .addParameter(scalar.array(), "x")
          .addParameter(TypeName.INT, "n")
          .addParameter(target.type(), "y");
      targets.checkRows(rows, target);
      rows.addStatement("state.checkBatch(n)")
          .addStatement("keepForward(x, n)")
          .addStatement("$T loss = takeLoss(y, n)", scalar.type())
          .addStatement("learn(n)")
          .addStatement("return loss");
      type.addMethod(rows.build());
    }
    type.addMethod(stepOfTensors());
  }

  /**
   * The Javadoc of a method that there is for each kind of target.
   *
   * @param first the signature of the first of them, to which the others refer
   * @param words of the target, and of what is thrown beside the lengths
   */
  private CodeBlock inWords(Target target, CodeBlock first, String words) {
    return target == targets.all().get(0)
        ? CodeBlock.of(
            words, targets.inWords(target), target.classes() ? ", or if a class is not one" : "")
        : CodeBlock.of("As {@link #$L}, y being $L.\n", first, targets.inWords(target));
  }

  private TypeName firstType() {
    return targets.all().get(0).type();
  }

  // public float loss(int[] y) {
  //   int n = state.rows("loss");
  //   Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, 1);
  //   Check.labels(y, n, OUTPUTS, -100);
  //   return takeLoss(y, n);
  // }
  //
  // private float takeLoss(int[] y, int n) {
  //   state.takingLoss();
  //   double sum = Losses.mse(v.logits, n, y, 0, 0, (float) (1.0 / n), g.logits);
  //   state.lossTaken();
  //   return (float) (sum / n);
  // }
  public void loss(TypeSpec.Builder type) {
    for (Target target : targets.all()) {
      MethodSpec.Builder loss = MethodSpec.methodBuilder("loss")
          .addJavadoc("The loss of the last forward; y is $L.\n", targets.inWords(target))
          .addModifiers(Modifier.PUBLIC)
          .returns(scalar.type())
          .addParameter(target.type(), "y")
          .addStatement("int n = state.rows($S)", "loss");
      targets.checkExact(loss, target);
      targets.checkValues(loss, target);
      type.addMethod(loss.addStatement("return takeLoss(y, n)").build());
      type.addMethod(takeLoss(target));
    }
    MethodSpec.Builder ofTensor =
        override("loss").returns(TypeName.DOUBLE).addParameter(TENSOR, "y");
    if (targets.all().isEmpty()) {
      type.addMethod(ofTensor.addStatement("throw $T.noLoss()", CHECK).build());
      return;
    }
    ofTensor.addStatement("int n = state.rows($S)", "loss");
    type.addMethod(targets.dispatch(ofTensor, "loss", "").build());
  }

  // private float takeLoss(int[] y, int n) {
  //   state.takingLoss();
  //   double count = Losses.classWeight(y, n);
  //   double sum = Losses.crossEntropy(v.logits, n, y, 0, 0, (float) (1 / count), g.logits,
  // softmax);
  //   state.lossTaken();
  //   return (float) (sum / count);
  // }
  private MethodSpec takeLoss(Target target) {
    MethodSpec.Builder method = MethodSpec.methodBuilder("takeLoss")
        .addModifiers(Modifier.PRIVATE)
        .returns(scalar.type())
        .addParameter(target.type(), "y")
        .addParameter(TypeName.INT, "n")
        .addStatement("state.takingLoss()");
    targets.count(method, target);
    return method
        .addStatement(
            "double sum = $L(v.$L, n, y, 0, 0, $L, g.$L$L)",
            targets.method(),
            names.field(plan.output()),
            targets.isMean() ? targets.narrowed("1 / count") : scalar.literal(1),
            names.field(Plan.gradientOf(plan.output())),
            targets.passedToo("losses"))
        .addStatement("state.lossTaken()")
        .addStatement("return $L", targets.reduced())
        .build();
  }

  /** How many values of a row the loss keeps. */
  public int valuesOfRow() {
    return (plan.hasTwoPassLoss() ? 2 : 0) + (targets.objective().unreduced() ? plan.outputs() : 0);
  }

  public void losses(TypeSpec.Builder type) {
    if (plan.hasTwoPassLoss()) {
      type.addField(FieldSpec.builder(scalar.rows(), "softmax", Modifier.PRIVATE, Modifier.FINAL)
          .addJavadoc(
              "The largest output of each row and the sum of its exponentials, kept between the passes of the loss.\n")
          .build());
    }
    losses.losses(type);
  }

  public void construct(MethodSpec.Builder constructor) {
    losses.construct(constructor);
    if (plan.hasTwoPassLoss()) {
      constructor.addStatement("this.softmax = new $T[2][capacity]", scalar.type());
    }
  }

  public void backward(TypeSpec.Builder type) {
    MethodSpec.Builder backward = override("backward");
    if (targets.all().isEmpty()) {
      backward.addStatement("throw $T.noLoss()", CHECK);
    } else {
      backward.addStatement("int n = state.backwardOfLoss()").addStatement("backpropagate(n)");
    }
    type.addMethod(backward.build());
  }

  // @Override
  // public double step(Tensor x, Tensor y) {
  //   int n = Check.matrix("x", x, DType.FLOAT32, INPUTS);
  //   if (Objects.requireNonNull(y, "y").dtype() == DType.INT64) {
  //     return step(x.toFloatArray(), n, Check.classIndices(y, n, OUTPUTS, -100));
  //   }
  //   Check.exactDense(y, DType.FLOAT32, n, OUTPUTS);
  //   return step(x.toFloatArray(), n, y.toFloatArray());
  // }
  private MethodSpec stepOfTensors() {
    MethodSpec.Builder method = override("step")
        .returns(TypeName.DOUBLE)
        .addParameter(TENSOR, "x")
        .addParameter(TENSOR, "y");
    if (targets.all().isEmpty()) {
      return method.addStatement("throw $T.noLoss()", CHECK).build();
    }
    method.addStatement(
        "int n = $T.matrix($S, x, $T.$L, INPUTS)", CHECK, "x", DType.class, scalar.dtype());
    return targets.dispatch(method, "step", "x." + scalar.toArray() + "(), n, ").build();
  }
}
