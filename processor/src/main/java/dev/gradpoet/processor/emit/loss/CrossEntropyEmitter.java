package dev.gradpoet.processor.emit.loss;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.ShortestDecimal;
import dev.gradpoet.processor.emit.kernel.KernelNames;
import dev.gradpoet.processor.graph.formula.LossOp;
import java.util.List;

/**
 * Prints cross entropy. The first pass over the rows, a kernel, computes their exponentials; the second computes the logarithm, the loss and the
 * gradient. In each pass the steps of a row are sequential, but so short that the processor overlaps several rows.
 */
final class CrossEntropyEmitter {

  private final LossMethods loss;
  private final LossOp.CrossEntropy op;
  private final String kernels;
  private final Scalar scalar;
  private final int outputs;

  CrossEntropyEmitter(
      LossMethods loss, LossOp.CrossEntropy op, String kernels, Scalar scalar, int outputs) {
    this.loss = loss;
    this.op = op;
    this.kernels = kernels;
    this.scalar = scalar;
    this.outputs = outputs;
  }

  /** The methods for class indices and for probabilities. */
  List<MethodSpec> methods() {
    MethodSpec ofClasses = op.gradientIsScaledSoftmax() ? ofClasses() : ofSmoothedClasses();
    return List.of(ofClasses, ofProbabilities());
  }

  // KERNELS.softmaxExponentials(xs, n, dxs, softmax);
  // for (int r = 0; r < n; r++) {
  //   float[] z = xs[r];
  //   float[] dz = dxs[r];
  //   float max = softmax[0][r], total = softmax[1][r];
  //   int t = ts[from + r];
  //   if (t == -100) {
  //     Arrays.fill(dz, 0, 10, 0f);
  //     continue;
  //   }
  //   float w = ws[t];
  //   float loss = (FloatMath.log(total) - (z[t] - max)) * w;
  //   sum += loss;
  //   float p = dz[t] / total;
  //   KERNELS.softmaxDivide(dz, total, w * scale);
  //   dz[t] = (p - 1f) * (w * scale);
  // }
  // return sum;
  private MethodSpec ofClasses() {
    MethodSpec.Builder method = loss.method(op.name(), LossTargets.CLASSES)
        .addJavadoc(
            "The sum of {@code -w[t] log softmax(z)[t]} over the rows, added to {@code sum} in order, and its gradient"
                + "\n{@code w[t] (softmax(z) - onehot(t))} times {@code scale}. The class of row r is {@code ts[from + r]}; w is the weight of"
                + "\neach class, 1 by default.$L\n",
            loss.describeEach());
    startOfClasses(method);
    method
        .addStatement("$T w = ws[t]", scalar.type())
        .addStatement("$T loss = ($T.log(total) - (z[t] - max)) * w", scalar.type(), scalar.math())
        .addStatement("sum += loss");
    loss.each(method, "r", "loss");
    return method
        .addStatement("$T p = dz[t] / total", scalar.type())
        .addStatement("$L.$L(dz, total, w * scale)", kernels, KernelNames.SOFTMAX_DIVIDE)
        .addStatement("dz[t] = (p - $L) * (w * scale)", scalar.literal(1))
        .endControlFlow()
        .addStatement("return sum")
        .build();
  }

  private void start(MethodSpec.Builder method) {
    method
        .addStatement("$L.$L(xs, n, dxs, softmax)", kernels, KernelNames.SOFTMAX_EXPONENTIALS)
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T z = xs[r]", scalar.array())
        .addStatement("$T dz = dxs[r]", scalar.array())
        .addStatement("$T max = softmax[0][r], total = softmax[1][r]", scalar.type());
  }

  private void startOfClasses(MethodSpec.Builder method) {
    start(method);
    method.addStatement("int t = ts[from + r]");
    loss.ignore(method, op.ignoreIndex(), true);
  }

  private MethodSpec ofSmoothedClasses() {
    MethodSpec.Builder method = loss.method(op.name(), LossTargets.CLASSES)
        .addJavadoc(
            "The sum of {@code -sum_o q[o] log softmax(z)[o]} over the rows, added to {@code sum} in order, and its gradient"
                + "\n{@code softmax(z) sum q - q} times {@code scale}, with $Lfor the class t of row r,"
                + "\n{@code ts[from + r]}.$L\n",
            describeSmoothed("onehot(t)"),
            loss.describeEach());
    startOfClasses(method);
    CodeBlock target = CodeBlock.of("(o == t ? $L : $L)", scalar.literal(1), scalar.literal(0));
    return finishOfProbabilities(method, smoothed(target));
  }

  // KERNELS.softmaxExponentials(xs, n, dxs, softmax);
  // for (int r = 0; r < n; r++) {
  //   float[] z = xs[r];
  //   float[] dz = dxs[r];
  //   float max = softmax[0][r], total = softmax[1][r];
  //   int at = (from + r) * 10;
  //   float log = FloatMath.log(total);
  //   double loss = 0, weight = 0;
  //   for (int o = 0; o < 10; o++) {
  //     float q = ts[at + o] * ws[o];
  //     loss += q * (log - (z[o] - max));
  //     weight += q;
  //   }
  //   sum += loss;
  //   for (int o = 0; o < 10; o++) {
  //     float q = ts[at + o] * ws[o];
  //     dz[o] = (dz[o] / total * (float) weight - q) * scale;
  //   }
  // }
  // return sum;
  private MethodSpec ofProbabilities() {
    MethodSpec.Builder method = loss.method(op.name(), scalar.array())
        .addJavadoc(
            "The sum of {@code -sum_o q[o] log softmax(z)[o]} over the rows, added to {@code sum} in order, and its gradient"
                + "\n{@code softmax(z) sum q - q} times {@code scale}, with $Lfor the target t of row r,"
                + "\nwhich is row {@code from + r} of {@code ts}.$L\n",
            describeSmoothed("t"),
            loss.describeEach());
    start(method);
    method.addStatement("int at = (from + r) * $L", outputs);
    return finishOfProbabilities(method, smoothed(CodeBlock.of("ts[at + o]")));
  }

  private MethodSpec finishOfProbabilities(MethodSpec.Builder method, CodeBlock target) {
    method
        .addStatement("$T log = $T.log(total)", scalar.type(), scalar.math())
        .addStatement("double loss = 0, weight = 0")
        .beginControlFlow("for (int o = 0; o < $L; o++)", outputs)
        .addStatement("$T q = $L", scalar.type(), target)
        .addStatement("loss += q * (log - (z[o] - max))")
        .addStatement("weight += q")
        .endControlFlow()
        .addStatement("sum += loss");
    loss.each(method, "r", scalar == Scalar.DOUBLE ? "loss" : "(float) loss");
    CodeBlock weight =
        scalar == Scalar.DOUBLE ? CodeBlock.of("weight") : CodeBlock.of("(float) weight");
    return method
        .beginControlFlow("for (int o = 0; o < $L; o++)", outputs)
        .addStatement("$T q = $L", scalar.type(), target)
        .addStatement("dz[o] = (dz[o] / total * $L - q) * scale", weight)
        .endControlFlow()
        .endControlFlow()
        .addStatement("return sum")
        .build();
  }

  /** {@code ((1 - s) t + s / C) w}, without smoothing that is not declared. */
  private CodeBlock smoothed(CodeBlock target) {
    double s = op.labelSmoothing();
    return s == 0
        ? CodeBlock.of("$L * ws[o]", target)
        : CodeBlock.of(
            "($L * $L + $L) * ws[o]", scalar.literal(1 - s), target, scalar.literal(s / outputs));
  }

  private String describeSmoothed(String target) {
    String formula = op.labelSmoothing() == 0
        ? "{@code q = w " + target + "}"
        : "{@code q = w ((1 - s) " + target + " + s / C)}, s = "
            + ShortestDecimal.of(op.labelSmoothing());
    return formula + ",\nw the weight of each class, 1 by default, ";
  }
}
