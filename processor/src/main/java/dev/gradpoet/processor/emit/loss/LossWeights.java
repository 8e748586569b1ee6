package dev.gradpoet.processor.emit.loss;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.formula.LossOp;
import dev.gradpoet.processor.graph.formula.LossOp.ClassLoss;
import java.util.Arrays;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Prints the declared weights of a loss as constants. */
final class LossWeights {

  static final String CLASS_WEIGHTS = "CLASS_WEIGHTS";
  static final String POS_WEIGHT = "POS_WEIGHT";
  static final String WEIGHT = "WEIGHT";

  /** The maximum number of values in the array of one method: each takes eight bytes of byte code, and HotSpot compiles up to 8000. */
  private static final int PIECE = 500;

  private LossWeights() {}

  /** Adds the declared weights. */
  static void add(TypeSpec.Builder type, LossOp loss, Scalar scalar) {
    loss.match(new LossOp.Cases<Void>() {
      @Override
      public Void elementwise(LossOp.Elementwise op) {
        add(
            type,
            POS_WEIGHT,
            "posWeights",
            "The weight of positive targets of each output",
            op.posWeight(),
            scalar);
        add(type, WEIGHT, "outputWeights", "The weight of each output", op.weight(), scalar);
        return null;
      }

      @Override
      public Void crossEntropy(LossOp.CrossEntropy op) {
        return ofClasses(op);
      }

      @Override
      public Void negativeLogLikelihood(LossOp.NegativeLogLikelihood op) {
        return ofClasses(op);
      }

      private Void ofClasses(ClassLoss op) {
        add(
            type,
            CLASS_WEIGHTS,
            "classWeights",
            "The weight of each class",
            op.classWeights(),
            scalar);
        return null;
      }
    });
  }

  // private static final float[] CLASS_WEIGHTS = classWeights();
  //
  // private static float[] classWeights() {       not in the class initializer, which has a limit
  //   return new float[] {1f, 0.5f};
  // }
  //
  // private static float[] posWeights() {         if all are equal
  //   float[] weights = new float[10];
  //   Arrays.fill(weights, 2f);
  //   return weights;
  // }
  //
  // private static float[] outputWeights() {      if one method would be too long for HotSpot
  //   float[] weights = new float[1000];
  //   outputWeights0(weights);
  //   outputWeights1(weights);
  //   return weights;
  // }
  //
  // private static void outputWeights0(float[] weights) {
  //   System.arraycopy(new float[] {1f, 0.5f, ...}, 0, weights, 0, 500);
  // }
  private static void add(
      TypeSpec.Builder type,
      String name,
      String method,
      String doc,
      List<Double> weights,
      Scalar scalar) {
    if (weights.isEmpty()) {
      return;
    }
    type.addField(
        FieldSpec.builder(scalar.array(), name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc("$L, from {@code @LossOptions}.\n", doc)
            .initializer("$L()", method)
            .build());
    MethodSpec.Builder all = MethodSpec.methodBuilder(method)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(scalar.array());
    boolean equal = weights.stream().distinct().count() == 1;
    if (weights.size() <= PIECE && !(equal && weights.size() > 1)) {
      type.addMethod(all.addStatement("return $L", array(weights, scalar)).build());
      return;
    }
    all.addStatement("$T weights = new $T[$L]", scalar.array(), scalar.type(), weights.size());
    if (equal) {
      all.addStatement("$T.fill(weights, $L)", Arrays.class, scalar.literal(weights.get(0)));
    } else {
      for (int from = 0; from < weights.size(); from += PIECE) {
        String piece = method + from / PIECE;
        all.addStatement("$L(weights)", piece);
        int to = Math.min(from + PIECE, weights.size());
        type.addMethod(MethodSpec.methodBuilder(piece)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .addParameter(scalar.array(), "weights")
            .addStatement(
                "$T.arraycopy($L, 0, weights, $L, $L)",
                System.class,
                array(weights.subList(from, to), scalar),
                from,
                to - from)
            .build());
      }
    }
    type.addMethod(all.addStatement("return weights").build());
  }

  private static CodeBlock array(List<Double> weights, Scalar scalar) {
    CodeBlock values = weights.stream().map(scalar::literal).collect(CodeBlock.joining(",$W"));
    return CodeBlock.of("new $T {$L}", scalar.array(), values);
  }
}
