package dev.gradpoet.processor.emit.trainer;

import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.HEAP;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.TENSOR;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.loss.LossTargets;
import java.util.Arrays;
import javax.lang.model.element.Modifier;

/** Prints what a {@code Trainer} keeps of each loss for itself, where the reduction is {@code NONE}. */
public final class LossesEmitter {

  private final LossTargets targets;
  private final Scalar scalar;

  public LossesEmitter(LossTargets targets, Scalar scalar) {
    this.targets = targets;
    this.scalar = scalar;
  }

  // @Override
  // public Tensor losses() {
  //   int n = state.losses();
  //   return Tensor.of(Arrays.copyOf(losses, n), n);
  // }
  public void losses(TypeSpec.Builder type) {
    MethodSpec.Builder method = override("losses").returns(TENSOR);
    if (targets.all().isEmpty()) {
      type.addMethod(method.addStatement("throw $T.noLoss()", CHECK).build());
      return;
    }
    if (!targets.objective().unreduced()) {
      type.addMethod(method
          .addStatement(
              "throw $T.reduced($S)", CHECK, targets.objective().reduction().name())
          .build());
      return;
    }
    type.addField(FieldSpec.builder(scalar.array(), "losses", Modifier.PRIVATE, Modifier.FINAL)
        .addJavadoc("Each loss of the last forward.\n")
        .build());
    boolean perRow = targets.perRow();
    type.addMethod(method
        .addStatement("int n = state.losses()")
        .addStatement(
            perRow
                ? "return $T.of($T.copyOf(losses, n), n)"
                : "return $T.of($T.copyOf(losses, n * OUTPUTS), n, OUTPUTS)",
            TENSOR,
            Arrays.class)
        .build());
  }

  /** {@code this.losses = new float[capacity];}, where each loss is kept. */
  public void construct(MethodSpec.Builder constructor) {
    if (!targets.all().isEmpty() && targets.objective().unreduced()) {
      constructor.addStatement(
          targets.perRow()
              ? "this.losses = new $T[capacity]"
              : "this.losses = new $T[$T.array($S, (long) capacity * OUTPUTS, $T.BYTES)]",
          targets.perRow()
              ? new Object[] {scalar.type()}
              : new Object[] {scalar.type(), HEAP, "losses", scalar.type().box()});
    }
  }
}
