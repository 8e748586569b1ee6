package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.hook;
import static dev.gradpoet.processor.emit.code.CommonCode.notNull;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.Plan;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Prints the methods that turn outputs into probabilities or classes, on the network and on its {@code Predictor}. */
public final class PredictionsEmitter {

  private static final ClassName PROBABILITIES = RuntimeTypes.support("Probabilities");
  private static final ArrayTypeName CLASSES = ArrayTypeName.of(TypeName.INT);

  /**
   * The function that turns outputs into probabilities.
   *
   * @param method the method of the runtime's {@code Probabilities}; none if the outputs are probabilities
   * @param description the description for Javadoc
   */
  private record Kind(Optional<String> method, String description) {}

  private final Plan plan;
  private final Scalar scalar;
  private final ClassCode decision;

  public PredictionsEmitter(Plan plan, Scalar scalar) {
    this.plan = plan;
    this.scalar = scalar;
    this.decision = new ClassCode(plan.network(), scalar);
  }

  /** The function for the declared loss; none if its outputs have no probabilities. */
  private Optional<Kind> kind() {
    return switch (plan.network().objective().loss()) {
      case CROSS_ENTROPY ->
        Optional.of(new Kind(Optional.of("softmax"), "the softmax of each row's"));
      case NLL -> Optional.of(new Kind(Optional.of("exp"), "{@code e^y} of the"));
      case BCE_WITH_LOGITS -> Optional.of(new Kind(Optional.of("sigmoid"), "the sigmoid of the"));
      case BCE -> Optional.of(new Kind(Optional.empty(), "the"));
      case NONE, MSE, L1, SMOOTH_L1, HUBER, KL_DIV -> Optional.empty();
    };
  }

  // public float[] probabilities(float[] x) {
  //   return Probabilities.softmax(forward(x), x.length / INPUTS, OUTPUTS);
  // }
  //
  // public int[] predictClasses(float[] x) {
  //   int[] classes = new int[Check.rows("x", Objects.requireNonNull(x, "x").length, INPUTS)];
  //   try (Predictor predictor = new Predictor(this, TILE)) {
  //     predictor.predictClasses(x, classes.length, classes);
  //   }
  //   return classes;
  // }
  /** Adds the methods of the network. */
  public void ofNetwork(TypeSpec.Builder type) {
    kind().ifPresent(kind -> type.addMethod(probabilities(kind)));
    if (decision.hasClasses()) {
      type.addMethod(predictClasses());
    }
  }

  private MethodSpec predictClasses() {
    return method("predictClasses")
        .addJavadoc(
            "The class of each row, as defined by {@link Predictor#predictClass($1T)}; otherwise the same as {@link #forward($1T)}.\n",
            scalar.array())
        .returns(CLASSES)
        .addParameter(scalar.array(), "x")
        .addStatement(
            "$1T classes = new int[$2T.rows($3S, $4L.length, INPUTS)]",
            CLASSES,
            CHECK,
            "x",
            notNull("x"))
        .beginControlFlow("try (Predictor predictor = new Predictor(this, TILE))")
        .addStatement("predictor.predictClasses(x, classes.length, classes)")
        .endControlFlow()
        .addStatement("return classes")
        .build();
  }

  private MethodSpec probabilities(Kind kind) {
    MethodSpec.Builder method = method("probabilities")
        .addJavadoc(
            "The probabilities according to the declared loss: $L outputs. Otherwise the same as {@link #forward($T)}.\n",
            kind.description(),
            scalar.array())
        .returns(scalar.array())
        .addParameter(scalar.array(), "x");
    if (kind.method().isEmpty()) {
      return method.addStatement("return forward(x)").build();
    }
    return method
        .addStatement(
            "return $T.$L(forward(x), x.length / INPUTS, OUTPUTS)",
            PROBABILITIES,
            kind.method().get())
        .build();
  }

  // @Override
  // protected void classify(float[][] y, int rows, int[] classes, int from) {
  //   for (int r = 0; r < rows; r++) {
  //     classes[from + r] = Rows.argmax(y[r], OUTPUTS);
  //   }
  // }
  /** Adds the methods of the predictor. */
  public void ofPredictor(TypeSpec.Builder type) {
    if (decision.hasClasses()) {
      type.addMethod(classify());
    }
  }

  private MethodSpec classify() {
    return hook("classify")
        .addParameter(scalar.rows(), "y")
        .addParameter(TypeName.INT, "rows")
        .addParameter(CLASSES, "classes")
        .addParameter(TypeName.INT, "from")
        .beginControlFlow("for (int r = 0; r < rows; r++)")
        .addStatement("classes[from + r] = $L", decision.of(CodeBlock.of("y[r]")))
        .endControlFlow()
        .build();
  }

  private static MethodSpec.Builder method(String name) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC);
  }
}
