package dev.gradpoet.processor.emit.trainer;

import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.TENSOR;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Inputs;
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
  private final Inputs inputs;

  public EvaluationEmitter(Plan plan, Signatures signatures) {
    this.scalar = signatures.scalar();
    this.targets = new LossTargets(plan, scalar);
    this.inputs = new Inputs(plan.network(), scalar);
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
  //
  // (with other inputs than one dense one)
  //
  // public float evaluate(float[] numbers, int[] categories, float[] y) {
  //   return new Batch(this).evaluate(new Object[] {numbers, categories}, y);
  // }
  //
  // @Override
  // public double evaluate(Tensor[] inputs, Tensor y) {
  //   return new Batch(this).evaluate(inputs, y);
  // }
  public void ofNetwork(TypeSpec.Builder type) {
    for (Target target : targets.all()) {
      type.addMethod(evaluate("$L, y", target)
          .addJavadoc(
              "The loss of any number of rows, without gradients; y is $L.\n",
              targets.describe(target))
          .addParameters(inputs.parameters())
          .addParameter(target.type(), "y")
          .build());
      type.addMethod(evaluate("$L, n, y", target)
          .addJavadoc("{@code evaluate} on the first n rows of arrays that may be longer.\n")
          .addParameters(inputs.parameters())
          .addParameter(TypeName.INT, "n")
          .addParameter(target.type(), "y")
          .build());
    }
    String tensors = inputs.isOneDense() ? "x" : "inputs";
    type.addMethod(override("evaluate")
        .returns(TypeName.DOUBLE)
        .addParameter(inputs.isOneDense() ? TENSOR : ArrayTypeName.of(TENSOR), tensors)
        .addParameter(TENSOR, "y")
        .addStatement(
            targets.all().isEmpty()
                ? CodeBlock.of("throw $T.noLoss()", CHECK)
                : CodeBlock.of("return new Batch(this).evaluate($L, y)", tensors))
        .build());
  }

  private MethodSpec.Builder evaluate(String arguments, Target target) {
    return MethodSpec.methodBuilder("evaluate")
        .addModifiers(Modifier.PUBLIC)
        .returns(scalar.type())
        .addStatement("return new Batch(this).evaluate(" + arguments + ")", inputs.passed());
  }
}
