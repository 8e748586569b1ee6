package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.validate.ValidLoss;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Prints the weights of a loss as constants. */
final class LossWeights {

  static final String CLASS_WEIGHTS = "CLASS_WEIGHTS";
  static final String POS_WEIGHT = "POS_WEIGHT";
  static final String WEIGHT = "WEIGHT";

  private LossWeights() {}

  /** Adds those that there are. */
  static void add(TypeSpec.Builder type, ValidLoss loss, Scalar scalar, Names names) {
    add(
        type,
        CLASS_WEIGHTS,
        "classWeights",
        "The weight of each class",
        loss.classWeights(),
        scalar,
        names);
    add(
        type,
        POS_WEIGHT,
        "posWeights",
        "The weight of positive targets of each output",
        loss.posWeight(),
        scalar,
        names);
    add(type, WEIGHT, "outputWeights", "The weight of each output", loss.weight(), scalar, names);
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
      String wanted,
      String doc,
      List<Double> weights,
      Scalar scalar,
      Names names) {
    if (weights.isEmpty()) {
      return;
    }
    String method = names.method(wanted);
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
