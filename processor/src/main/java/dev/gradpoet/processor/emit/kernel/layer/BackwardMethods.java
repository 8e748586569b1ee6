package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.BackwardKernel.InputGradient;

/** What the methods of all gradients of inputs have in common: the formula in their Javadoc, and the derivative at their end. */
final class BackwardMethods {

  private final Signatures signatures;
  private final Primitives primitives;

  BackwardMethods(Signatures signatures, Primitives primitives) {
    this.signatures = signatures;
    this.primitives = primitives;
  }

  /** {@code {@code dX = relu'(dX + dY W)}}, given what the kernel contributes. */
  static String formula(InputGradient kernel, String value) {
    String sum = kernel.first() ? value : "dX + " + value;
    String result = kernel
        .derivative()
        .map(next -> next.function().name() + "'(" + sum + ")")
        .orElse(sum);
    return "{@code dX = " + result + "}";
  }

  /**
   * The method, without a body.
   *
   * @param value the formula of what it contributes
   * @param role what the layer does to the value whose gradient it is
   */
  MethodSpec.Builder begin(InputGradient kernel, String value, String role) {
    return signatures.method(
        kernel,
        "%s: the gradient of %s, %s.\n"
            .formatted(formula(kernel, value), kernel.target().layer(), role));
  }

  // reluGradient(kept[r], dxs[r], 32);
  // }
  /** Ends the loop over the rows of a method, after the derivative, if any. */
  MethodSpec derivedRowByRow(MethodSpec.Builder method, InputGradient kernel) {
    kernel
        .derivative()
        .ifPresent(next -> method.addStatement(primitives
            .functions()
            .derivative(next, CodeBlock.of("kept[r]"), CodeBlock.of("dxs[r]"))));
    return method.endControlFlow().build();
  }
}
