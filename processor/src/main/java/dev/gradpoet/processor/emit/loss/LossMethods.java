package dev.gradpoet.processor.emit.loss;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import java.util.Arrays;
import javax.lang.model.element.Modifier;

/** What the methods of all losses have in common: their head, and what they do with each loss. */
public final class LossMethods {

  public static final TypeName CLASSES = ArrayTypeName.of(TypeName.INT);

  private final Scalar scalar;
  private final int outputs;

  /** Whether each loss is kept for itself, too. */
  private final boolean unreduced;

  /** Whether the rows' largest values and sums of exponentials are kept between two passes. */
  private final boolean twoPasses;

  public LossMethods(Scalar scalar, int outputs, boolean unreduced, boolean twoPasses) {
    this.scalar = scalar;
    this.outputs = outputs;
    this.unreduced = unreduced;
    this.twoPasses = twoPasses;
  }

  public void ignore(MethodSpec.Builder method, int ignoreIndex, boolean fill) {
    method.beginControlFlow("if (t == $L)", ignoreIndex);
    if (fill) {
      method.addStatement("$T.fill(dz, 0, $L, $L)", Arrays.class, outputs, scalar.literal(0));
    }
    each(method, "r", scalar.literal(0).toString());
    method.addStatement("continue").endControlFlow();
  }

  public void each(MethodSpec.Builder method, String place, String value) {
    if (unreduced) {
      method.addStatement("each[$L] = $L", place, value);
    }
  }

  public String describeEach() {
    return unreduced ? " Each loss also goes to {@code each}." : "";
  }

  // static double crossEntropy(float[][] xs, int n, int[] ts, int from, double sum, float scale,
  //     float[][] dxs, float[][] softmax)
  public MethodSpec.Builder method(String name, TypeName targets) {
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
    return unreduced ? method.addParameter(scalar.array(), "each") : method;
  }
}
