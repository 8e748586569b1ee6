package dev.gradpoet.processor.emit.loss;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import java.util.Arrays;
import javax.lang.model.element.Modifier;

/** The code that the methods of all losses share: their heads, ignored rows, and the storage of each loss. */
final class LossMethods {

  private final Scalar scalar;
  private final int outputs;

  /** Whether each loss is also stored separately. */
  private final boolean unreduced;

  /** Whether the largest value and the sum of exponentials of each row are kept between two passes. */
  private final boolean twoPasses;

  /** Whether the classes have weights. */
  private final boolean ofClasses;

  LossMethods(Scalar scalar, int outputs, boolean unreduced, boolean twoPasses, boolean ofClasses) {
    this.scalar = scalar;
    this.outputs = outputs;
    this.unreduced = unreduced;
    this.twoPasses = twoPasses;
    this.ofClasses = ofClasses;
  }

  /** Adds the statement that skips a row of the ignored class; its gradient is zeroed first if that has not happened yet. */
  void ignore(MethodSpec.Builder method, int ignoreIndex, boolean fill) {
    method.beginControlFlow("if (t == $L)", ignoreIndex);
    if (fill) {
      method.addStatement("$T.fill(dz, 0, $L, $L)", Arrays.class, outputs, scalar.literal(0));
    }
    each(method, "r", scalar.literal(0).toString());
    method.addStatement("continue").endControlFlow();
  }

  /** Adds the statement that stores one loss, if losses are not reduced. */
  void each(MethodSpec.Builder method, String place, String value) {
    if (unreduced) {
      method.addStatement("each[$L] = $L", place, value);
    }
  }

  String describeEach() {
    return unreduced ? " Each loss is also stored in {@code each}." : "";
  }

  // static double crossEntropy(float[][] xs, int n, int[] ts, int from, double sum, float scale,
  //     float[][] dxs, float[][] softmax, float[] ws)
  MethodSpec.Builder method(String name, TypeName targets) {
    return method(name, targets, false);
  }

  // static double binaryCrossEntropyWithLogits(float[][] xs, ..., float[][] dxs, float[] ps)
  /** The head of a method, which may read the weights of positive targets. */
  MethodSpec.Builder method(String name, TypeName targets, boolean readsPosWeights) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.STATIC)
        .returns(TypeName.DOUBLE)
        .addParameter(scalar.rows(), "xs")
        .addParameter(TypeName.INT, "n")
        .addParameter(targets, "ts")
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.DOUBLE, "sum")
        .addParameter(scalar.type(), "scale")
        .addParameter(scalar.rows(), "dxs");
    if (twoPasses) {
      method.addParameter(scalar.rows(), "softmax");
    }
    if (ofClasses) {
      method.addParameter(scalar.array(), "ws");
    }
    if (readsPosWeights) {
      method.addParameter(scalar.array(), "ps");
    }
    return unreduced ? method.addParameter(scalar.array(), "each") : method;
  }
}
