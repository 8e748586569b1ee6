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
import dev.gradpoet.processor.emit.code.Inputs;
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
  private final Inputs inputs;

  public PredictionsEmitter(Plan plan, Scalar scalar) {
    this.plan = plan;
    this.scalar = scalar;
    this.decision = new ClassCode(plan.network(), scalar);
    this.inputs = new Inputs(plan.network(), scalar);
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
    CodeBlock rows = inputs.isOneDense()
        ? CodeBlock.of("$T.rows($S, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        : CodeBlock.of(
            "$T.of(architecture).rows($L)", RuntimeTypes.inputs("Inputs"), inputs.passed());
    return method("predictClasses")
        .addJavadoc(
            "The class of each row, as defined by {@link Predictor#predictClass($1L)}; otherwise the same as {@link #forward($1L)}.\n",
            types())
        .returns(CLASSES)
        .addParameters(inputs.parameters())
        .addStatement("$1T classes = new int[$2L]", CLASSES, rows)
        .beginControlFlow("try (Predictor predictor = new Predictor(this, TILE))")
        .addStatement("predictor.predictClasses($L, classes.length, classes)", inputs.arguments())
        .endControlFlow()
        .addStatement("return classes")
        .build();
  }

  // public float[] probabilities(float[] numbers, int[] categories) {
  //   float[] y = forward(numbers, categories);
  //   return Probabilities.sigmoid(y, y.length / OUTPUTS, OUTPUTS);
  // }
  private MethodSpec probabilities(Kind kind) {
    MethodSpec.Builder method = method("probabilities")
        .addJavadoc(
            "The probabilities according to the declared loss: $L outputs. Otherwise the same as {@link #forward($L)}.\n",
            kind.description(),
            types())
        .returns(scalar.array())
        .addParameters(inputs.parameters());
    if (kind.method().isEmpty()) {
      return method.addStatement("return forward($L)", inputs.arguments()).build();
    }
    if (inputs.isOneDense()) {
      return method
          .addStatement(
              "return $T.$L(forward(x), x.length / INPUTS, OUTPUTS)",
              PROBABILITIES,
              kind.method().get())
          .build();
    }
    return method
        .addStatement("$T y = forward($L)", scalar.array(), inputs.arguments())
        .addStatement(
            "return $T.$L(y, y.length / OUTPUTS, OUTPUTS)",
            PROBABILITIES,
            kind.method().get())
        .build();
  }

  /** {@code float[], int[]}: the types of the parameters, for Javadoc. */
  private CodeBlock types() {
    return inputs.parameters().stream()
        .map(parameter -> CodeBlock.of("$T", parameter.type()))
        .collect(CodeBlock.joining(", "));
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
    if (!inputs.isOneDense()) {
      ofArrays(type);
    }
  }

  // public void forward(float[] numbers, int[] categories, float[] y) {
  //   inferAll(inputs(numbers, categories), y);
  // }
  //
  // public void forward(float[] numbers, int[] categories, int n, float[] y) {
  //   inferFirst(inputs(numbers, categories), n, y);
  // }
  //
  // public int predictClass(float[] numbers, int[] categories) {
  //   return classOfRow(inputs(numbers, categories));
  // }
  // ...
  /** The methods on arrays that the runtime declares for one dense input only. */
  private void ofArrays(TypeSpec.Builder type) {
    CodeBlock given = CodeBlock.of("inputs($L)", inputs.arguments());
    type.addMethod(method("forward")
            .addJavadoc("Writes the outputs of all rows to y.\n\n$L", documented("n rows"))
            .addParameters(inputs.parameters())
            .addParameter(scalar.array(), "y")
            .addStatement("inferAll($L, y)", given)
            .build())
        .addMethod(method("forward")
            .addJavadoc(
                "Writes the outputs of the first n rows to y; the arrays may be longer.\n\n$L",
                documented("at least n rows"))
            .addParameters(inputs.parameters())
            .addParameter(TypeName.INT, "n")
            .addParameter(scalar.array(), "y")
            .addStatement("inferFirst($L, n, y)", given)
            .build());
    if (decision.hasClasses()) {
      type.addMethod(method("predictClass")
              .addJavadoc(
                  "The class of one row: $L.\n\n$L", decision.describe(), documented("one row"))
              .returns(TypeName.INT)
              .addParameters(inputs.parameters())
              .addStatement("return classOfRow($L)", given)
              .build())
          .addMethod(method("predictClasses")
              .addJavadoc(
                  "Writes the classes of the first n rows; the arrays may be longer.\n\n$L",
                  documented("at least n rows"))
              .addParameters(inputs.parameters())
              .addParameter(TypeName.INT, "n")
              .addParameter(CLASSES, "classes")
              .addStatement("classifyFirst($L, n, classes)", given)
              .build());
    }
    kind()
        .ifPresent(kind -> type.addMethod(method("probabilities")
            .addJavadoc(
                "Writes the probabilities of the first n rows to y: $L outputs. The arrays may be longer.\n\n$L",
                kind.description(),
                documented("at least n rows"))
            .addParameters(inputs.parameters())
            .addParameter(TypeName.INT, "n")
            .addParameter(scalar.array(), "y")
            .addStatement("inferProbabilities($L, n, y)", given)
            .build()));
  }

  private String documented(String rows) {
    return inputs.javadoc(rows)
        + "@throws IllegalArgumentException if a length does not fit, or a class index is out of its range\n";
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
