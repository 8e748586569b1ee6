package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.Epilogue;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.Plan;
import java.util.stream.Stream;

/** What the methods of all forward kernels have in common: the formula in their Javadoc, and the activation at their end. */
final class ForwardMethods {

  private final Plan plan;
  private final Signatures signatures;
  private final Primitives primitives;

  ForwardMethods(Plan plan, Signatures signatures, Primitives primitives) {
    this.plan = plan;
    this.signatures = signatures;
    this.primitives = primitives;
  }

  /** The formula of a layer without its activation, as the table of layers shows it: {@code input W^T + b}. */
  String value(ForwardKernel kernel) {
    return plan.network().layer(kernel.layer()).combined();
  }

  /** The name of the only layer that a kernel reads. */
  String source(ForwardKernel kernel) {
    return plan.network().layer(kernel.layer()).from().get(0);
  }

  /** {@code {@code hidden = relu(input W^T + b)}}, given the value without its activation. */
  static String formula(ForwardKernel kernel, String value) {
    String applied = kernel
        .epilogue()
        .map(next -> next.function().name() + "(" + value + ")")
        .orElse(value);
    return "{@code " + kernel.layer() + " = " + applied + "}";
  }

  /**
   * The method for all rows, without a body.
   *
   * @param value the formula of its result, without the activation
   * @param rest the rest of the sentence
   */
  MethodSpec.Builder begin(ForwardKernel kernel, String value, String rest) {
    return signatures.method(kernel, formula(kernel, value) + rest + "\n");
  }

  /** {@link #begin} with the end of its sentence: {@code , of {@code @Dropout drop}, in training.} */
  MethodSpec.Builder beginOf(ForwardKernel kernel, String value, String annotation, String when) {
    return begin(
        kernel, value, ", of {@code @" + annotation + " " + kernel.layer() + "}" + when + ".");
  }

  // relu(n, ys, ys, 32);
  /** Ends a method with the activation of all rows, if there is one. */
  MethodSpec activated(MethodSpec.Builder method, ForwardKernel kernel) {
    kernel
        .epilogue()
        .ifPresent(next -> primitives
            .functions()
            .activationOfRows(
                method, next, "ys", next.output().equals(kernel.output()) ? "ys" : "zs"));
    return method.build();
  }

  // relu(ys[r], ys[r], 32);
  // }
  /** Ends the loop over the rows of a method, after the activation of row r, if there is one. */
  MethodSpec activatedRowByRow(MethodSpec.Builder method, ForwardKernel kernel) {
    activate(method, kernel, "ys[r]", "zs[r]");
    return method.endControlFlow().build();
  }

  // relu(y, y, 32);
  /** Ends a method for one row with its activation, if there is one. */
  MethodSpec activatedRow(MethodSpec.Builder row, ForwardKernel kernel) {
    activate(row, kernel, "y", "z");
    return row.build();
  }

  /** Adds the activation of a row {@code y}, in place, or to {@code z} if both are kept. */
  private void activate(MethodSpec.Builder method, ForwardKernel kernel, String y, String z) {
    kernel.epilogue().ifPresent(next -> method.addStatement(activation(kernel, next, y, z)));
  }

  private CodeBlock activation(ForwardKernel kernel, Epilogue epilogue, String y, String z) {
    return primitives
        .functions()
        .activation(
            epilogue,
            CodeBlock.of(y),
            CodeBlock.of(epilogue.output().equals(kernel.output()) ? y : z));
  }

  // for (int r = 0; r < n; r++) {
  //   bothRow(xs0[r], xs1[r], ys[r]);
  // }
  /** The methods of a kernel for all rows and for one row; {@code row} is the latter without its activation. */
  Stream<MethodSpec> rowByRow(ForwardKernel kernel, String annotation, MethodSpec.Builder row) {
    MethodSpec rows = beginOf(kernel, value(kernel), annotation, "")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(signatures.of(kernel).rowOfRows())
        .endControlFlow()
        .build();
    return Stream.of(rows, activatedRow(row, kernel));
  }
}
