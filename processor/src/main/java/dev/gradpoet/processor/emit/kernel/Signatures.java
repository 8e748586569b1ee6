package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.Passed;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Plan;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * The signatures of all kernels, the same in every family. In their arguments, {@code v} holds the values, {@code g} their gradients, {@code p} the
 * parameters, and {@code to} the gradients of the parameters or the parameters themselves. A kernel of the forward pass has a second form, for one
 * row, whose arrays are in {@code row}.
 */
public final class Signatures {

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final KernelChoice choice;
  private final Map<Kernel, Signature> signatures = new HashMap<>();

  public Signatures(Plan plan, Names names, Scalar scalar, KernelChoice choice) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.choice = choice;
    names.method(KernelNames.SOFTMAX_EXPONENTIALS);
    names.method(KernelNames.SOFTMAX_DIVIDE);
    names.method(KernelNames.ROW);
    names.method(KernelNames.WEIGHT_GRADIENT);
    names.method(KernelNames.BIAS_GRADIENT);
    names.method(KernelNames.TRANSPOSE);
    names.method(KernelNames.SCALE_GRADIENT);
    SignatureParts parts = new SignatureParts(plan, names, scalar, choice);
    ForwardSignatures forward = new ForwardSignatures(parts);
    BackwardSignatures backward = new BackwardSignatures(parts);
    plan.forwardKernels().forEach(kernel -> signatures.put(kernel, kernel.match(forward)));
    plan.backwardKernels().forEach(kernel -> signatures.put(kernel, kernel.match(backward)));
  }

  public Names names() {
    return names;
  }

  public Scalar scalar() {
    return scalar;
  }

  /** The choice of the network's kernels. */
  public KernelChoice choice() {
    return choice;
  }

  /** {@code void hiddenForward(int n, float[][] xs, ...)}, without a body: a kernel that is the same in all families. */
  public MethodSpec.Builder method(Kernel kernel, String description) {
    return choice.ofAll(head(kernel, description));
  }

  /** {@code void weightGradient(int n, float[][] xs, ...)}, without a body: a kernel of all layers, which each family implements differently. */
  public MethodSpec head(Kernel kernel, String description) {
    Signature signature = signatures.get(kernel);
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(signature.name()).addJavadoc("$L", description);
    return Passed.declare(method, signature.passed()).build();
  }

  /** {@code PlainKernels.hiddenForward(n, v.input, p.hiddenWeight.rows, ...)}. */
  public CodeBlock call(Kernel kernel) {
    Signature signature = signatures.get(kernel);
    return Passed.call(choice.owner() + "." + signature.name(), signature.passed());
  }

  /** The signature of a kernel. */
  public Signature of(Kernel kernel) {
    return signatures.get(kernel);
  }

  /** {@code void bothRow(float[] x0, float[] x1, ...)}, without a body: the form for one row of a kernel that is the same in all families. */
  public MethodSpec.Builder rowMethod(Kernel kernel) {
    Signature signature = signatures.get(kernel);
    return choice.ofAll(Passed.declare(MethodSpec.methodBuilder(signature.row()), signature.ofRow())
        .build());
  }

  /** {@code private void hiddenRow(float[] x, ...)}, without a body: a form for one row that only one family has. */
  public MethodSpec.Builder rowMethodOfFamily(Kernel kernel) {
    Signature signature = signatures.get(kernel);
    return Passed.declare(
        MethodSpec.methodBuilder(signature.row()).addModifiers(Modifier.PRIVATE),
        signature.ofRowInRegisters());
  }

  /** {@code hiddenRow(x, row.hiddenWeight, ...)}: the call of the form for one row. */
  public CodeBlock row(Kernel kernel) {
    Signature signature = signatures.get(kernel);
    return Passed.call(signature.row(), signature.ofRowInRegisters());
  }

  /** {@code void row(Row row, float[] x)}, without a body; without {@code x} unless it is the only input. */
  public MethodSpec rowsHead() {
    MethodSpec.Builder head =
        MethodSpec.methodBuilder(KernelNames.ROW).addParameter(names.nested("Row"), "row");
    return plan.network().hasOneDenseInput()
        ? head.addJavadoc("All layers on one row, {@code x}.\n")
            .addParameter(scalar.array(), "x")
            .build()
        : head.addJavadoc("All layers on one row of each input.\n").build();
  }
}
