package dev.gradpoet.processor.emit.trainer;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.CommonCode;
import dev.gradpoet.processor.emit.code.Inputs;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.loss.LossTargets;
import dev.gradpoet.processor.emit.loss.LossTargets.Target;
import dev.gradpoet.processor.emit.network.PredictorEmitter;
import javax.lang.model.element.Modifier;

/** Prints the methods of a {@code Trainer} on the arrays of its inputs, which the runtime declares for one dense input only. */
final class TrainerMethods {

  private static final String THROWS =
      "@throws IllegalArgumentException if n or a length does not fit, or a class index is invalid; nothing has changed then\n";

  private final Scalar scalar;
  private final LossTargets targets;
  private final Inputs inputs;

  TrainerMethods(Scalar scalar, LossTargets targets, Inputs inputs) {
    this.scalar = scalar;
    this.targets = targets;
    this.inputs = inputs;
  }

  // public void forward(float[] numbers, int[] categories) {
  //   keepForward(inputs(numbers, categories));
  // }
  //
  // public void forward(float[] numbers, int[] categories, int n) {
  //   keepFirst(inputs(numbers, categories), n);
  // }
  //
  // public float step(float[] numbers, int[] categories, float[] y) {
  //   return step(inputs(numbers, categories), y);
  // }
  // ...
  void add(TypeSpec.Builder type) {
    CodeBlock given = CodeBlock.of("inputs($L)", inputs.arguments());
    type.addMethod(method("forward")
            .addJavadoc(
                "Computes the outputs of whole rows and keeps the values that {@code backward} needs.\n\n$L$L",
                inputs.javadoc("n rows"),
                THROWS)
            .addParameters(inputs.parameters())
            .addStatement("keepForward($L)", given)
            .build())
        .addMethod(method("forward")
            .addJavadoc("{@code forward} of the first n rows of arrays that may be longer.\n")
            .addParameters(inputs.parameters())
            .addParameter(TypeName.INT, "n")
            .addStatement("keepFirst($L, n)", given)
            .build());
    for (Target target : targets.all()) {
      ofTarget(
          type,
          "step",
          "Exactly {@code zeroGrad, forward, loss, backward, update}, with exactly the same bits as these calls. Afterwards the gradients must not be read.\n",
          "@return the loss before the update\n",
          target);
      type.addMethod(CommonCode.override("loss")
          .addJavadoc(
              "The loss of the last {@code forward}; y is $L.\n",
              targets.describe(target, "{@code OUTPUTS}"))
          .returns(scalar.type())
          .addParameter(target.type(), "y")
          .addStatement("return super.loss(y)")
          .build());
      ofTarget(type, "evaluate", "The loss of any number of rows. Nothing changes.\n", "", target);
    }
    PredictorEmitter.addInputs(type, inputs);
  }

  private void ofTarget(
      TypeSpec.Builder type, String name, String description, String returns, Target target) {
    CodeBlock given = CodeBlock.of("inputs($L)", inputs.arguments());
    type.addMethod(method(name)
            .addJavadoc(
                "$L\n$L@param y $L\n$L$L",
                description,
                inputs.javadoc("n rows"),
                targets.describe(target, "{@code OUTPUTS}"),
                returns,
                THROWS)
            .returns(scalar.type())
            .addParameters(inputs.parameters())
            .addParameter(target.type(), "y")
            .addStatement("return $L($L, y)", name, given)
            .build())
        .addMethod(method(name)
            .addJavadoc("{@code $L} on the first n rows of arrays that may be longer.\n", name)
            .returns(scalar.type())
            .addParameters(inputs.parameters())
            .addParameter(TypeName.INT, "n")
            .addParameter(target.type(), "y")
            .addStatement("return $L($L, n, y)", name, given)
            .build());
  }

  private static MethodSpec.Builder method(String name) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC);
  }
}
