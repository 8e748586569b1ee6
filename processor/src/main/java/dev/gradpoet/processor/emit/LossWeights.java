package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.validate.ValidLoss;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Prints the weights of a loss as constants, and by what a mean over classes divides. */
final class LossWeights {

  static final String CLASS_WEIGHTS = "CLASS_WEIGHTS";
  static final String POS_WEIGHT = "POS_WEIGHT";
  static final String WEIGHT = "WEIGHT";

  private LossWeights() {}

  /** Adds those that there are. */
  static void add(TypeSpec.Builder type, ValidLoss loss, Scalar scalar) {
    add(
        type,
        CLASS_WEIGHTS,
        "classWeights",
        "The weight of each class",
        loss.classWeights(),
        scalar);
    add(
        type,
        POS_WEIGHT,
        "posWeights",
        "The weight of positive targets of each output",
        loss.posWeight(),
        scalar);
    add(type, WEIGHT, "outputWeights", "The weight of each output", loss.weight(), scalar);
  }

  // static double classWeight(int[] ts, int n) {
  //   double sum = 0;
  //   for (int r = 0; r < n; r++) {
  //     sum += ts[r] == -100 ? 0 : CLASS_WEIGHTS[ts[r]];
  //   }
  //   return sum;
  // }
  static MethodSpec classWeight(ValidLoss loss) {
    boolean weighted = !loss.classWeights().isEmpty();
    return MethodSpec.methodBuilder("classWeight")
        .addJavadoc(
            weighted
                ? "The sum of the weights of the classes of n rows, by which a mean divides; class $L counts nothing.\n"
                : "The number of rows that count, by which a mean divides; class $L counts nothing.\n",
            loss.ignoreIndex())
        .addModifiers(Modifier.STATIC)
        .returns(TypeName.DOUBLE)
        .addParameter(LossEmitter.CLASSES, "ts")
        .addParameter(TypeName.INT, "n")
        .addStatement("$T sum = 0", weighted ? TypeName.DOUBLE : TypeName.INT)
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(
            "sum += ts[r] == $L ? 0 : $L",
            loss.ignoreIndex(),
            weighted ? CLASS_WEIGHTS + "[ts[r]]" : "1")
        .endControlFlow()
        .addStatement("return sum")
        .build();
  }

  // private static final float[] CLASS_WEIGHTS = classWeights();
  //
  // private static float[] classWeights() {       a method for each: a class has but one
  // initializer
  //   return new float[] {1f, 0.5f};
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
    CodeBlock values = weights.stream().map(scalar::literal).collect(CodeBlock.joining(", "));
    type.addMethod(MethodSpec.methodBuilder(method)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(scalar.array())
        .addStatement("return new $T {$L}", scalar.array(), values)
        .build());
  }
}
