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
  private final boolean weighted;

  CrossEntropyEmitter(
      LossMethods loss, LossOp.CrossEntropy op, String kernels, Scalar scalar, int outputs) {
    this.loss = loss;
    this.op = op;
    this.kernels = kernels;
    this.scalar = scalar;
    this.outputs = outputs;
    this.weighted = !op.classWeights().isEmpty();
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
  //   float loss = FloatMath.log(total) - (z[t] - max);
  //   sum += loss;
  //   float p = dz[t] / total;
  //   KERNELS.softmaxDivide(dz, total, scale);
  //   dz[t] = (p - 1f) * scale;
  // }
  // return sum;
  private MethodSpec ofClasses() {
    MethodSpec.Builder method = loss.method(op.name(), LossTargets.CLASSES)
        .addJavadoc(
            "The sum of {@code -$1Llog softmax(z)[t]} over the rows, added to {@code sum} in order, and its gradient"
                + "\n{@code $1L(softmax(z) - onehot(t))} times {@code scale}. The class of row r is {@code ts[from + r]}.$2L\n",
            weighted ? "w[t] " : "",
            loss.describeEach());
    startOfClasses(method);
    if (weighted) {
      method.addStatement("$T w = $L[t]", scalar.type(), LossWeights.CLASS_WEIGHTS);
    }
    method
        .addStatement(
            weighted
                ? "$T loss = ($T.log(total) - (z[t] - max)) * w"
                : "$T loss = $T.log(total) - (z[t] - max)",
            scalar.type(),
            scalar.math())
        .addStatement("sum += loss");
    loss.each(method, "r", "loss");
    String factor = weighted ? "w * scale" : "scale";
    return method
        .addStatement("$T p = dz[t] / total", scalar.type())
        .addStatement("$L.$L(dz, total, $L)", kernels, KernelNames.SOFTMAX_DIVIDE, factor)
        .addStatement(
            weighted ? "dz[t] = (p - $L) * ($L)" : "dz[t] = (p - $L) * $L",
            scalar.literal(1),
            factor)
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
                + "\n{@code softmax(z) sum q - q} times {@code scale}, with $L for the class t of row r,"
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
  //     float q = ts[at + o];
  //     loss += q * (log - (z[o] - max));
  //     weight += q;
  //   }
  //   sum += loss;
  //   for (int o = 0; o < 10; o++) {
  //     float q = ts[at + o];
  //     dz[o] = (dz[o] / total * (float) weight - q) * scale;
  //   }
  // }
  // return sum;
  private MethodSpec ofProbabilities() {
    MethodSpec.Builder method = loss.method(op.name(), scalar.array())
        .addJavadoc(
            "The sum of {@code -sum_o q[o] log softmax(z)[o]} over the rows, added to {@code sum} in order, and its gradient"
                + "\n{@code softmax(z) sum q - q} times {@code scale}, with $L for the target t of row r,"
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

  /** {@code ((1 - s) t + s / C) w}, without smoothing and weights that are not declared. */
  private CodeBlock smoothed(CodeBlock target) {
    double s = op.labelSmoothing();
    CodeBlock smoothed = s == 0
        ? target
        : CodeBlock.of("$L * $L + $L", scalar.literal(1 - s), target, scalar.literal(s / outputs));
    if (!weighted) {
      return smoothed;
    }
    return CodeBlock.of(
        s == 0 ? "$L * $L[o]" : "($L) * $L[o]", smoothed, LossWeights.CLASS_WEIGHTS);
  }

  private String describeSmoothed(String target) {
    String smoothed = op.labelSmoothing() == 0 ? target : "(1 - s) " + target + " + s / C";
    String formula = weighted && op.labelSmoothing() != 0
        ? "w (" + smoothed + ")"
        : weighted ? "w " + smoothed : smoothed;
    return "{@code q = " + formula + "}"
        + (op.labelSmoothing() == 0 ? "" : ", s = " + ShortestDecimal.of(op.labelSmoothing()));
  }
}
