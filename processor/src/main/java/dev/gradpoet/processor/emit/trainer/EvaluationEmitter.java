package dev.gradpoet.processor.emit.trainer;

import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.TENSOR;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.loss.LossTargets;
import dev.gradpoet.processor.emit.loss.LossTargets.Target;
import dev.gradpoet.processor.plan.Plan;
import javax.lang.model.element.Modifier;

/** Prints the methods {@code evaluate} of the network, which a {@code Batch} computes. */
public final class EvaluationEmitter {

  private final Scalar scalar;
  private final LossTargets targets;

  public EvaluationEmitter(Plan plan, Signatures signatures) {
    this.scalar = signatures.scalar();
    this.targets = new LossTargets(plan, scalar);
  }

  // public float evaluate(float[] x, int[] y) {
  //   return new Batch(this).evaluate(x, y);
  // }
  //
  // public float evaluate(float[] x, int n, int[] y) {
  //   return new Batch(this).evaluate(x, n, y);
  // }
  //
  // @Override
  // public double evaluate(Tensor x, Tensor y) {
  //   return new Batch(this).evaluate(x, y);
  // }
  public void ofNetwork(TypeSpec.Builder type) {
    for (Target target : targets.all()) {
      type.addMethod(evaluate("x, y", target)
          .addJavadoc(
              "The loss of any number of rows, without gradients; y is $L.\n",
              targets.describe(target))
          .addParameter(scalar.array(), "x")
          .addParameter(target.type(), "y")
          .build());
      type.addMethod(evaluate("x, n, y", target)
          .addJavadoc("{@code evaluate} on the first n rows of arrays that may be longer.\n")
          .addParameter(scalar.array(), "x")
          .addParameter(TypeName.INT, "n")
          .addParameter(target.type(), "y")
          .build());
    }
    type.addMethod(override("evaluate")
        .returns(TypeName.DOUBLE)
        .addParameter(TENSOR, "x")
        .addParameter(TENSOR, "y")
        .addStatement(
            targets.all().isEmpty() ? "throw $T.noLoss()" : "return new Batch(this).evaluate(x, y)",
            targets.all().isEmpty() ? new Object[] {CHECK} : new Object[0])
        .build());
  }

  private MethodSpec.Builder evaluate(String arguments, Target target) {
    return MethodSpec.methodBuilder("evaluate")
        .addModifiers(Modifier.PUBLIC)
        .returns(scalar.type())
        .addStatement("return new Batch(this).evaluate($L)", arguments);
  }
}
