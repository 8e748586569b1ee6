package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.notNull;
import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.ROWS;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.TENSOR;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.Plan;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Prints what is made of outputs, on the network and on its {@code Predictor}: probabilities by the loss, and the classes of many rows. */
public final class PredictionsEmitter {

  private static final ClassName PROBABILITIES = RuntimeTypes.support("Probabilities");
  private static final ArrayTypeName CLASSES = ArrayTypeName.of(TypeName.INT);

  /**
   * How probabilities come from outputs.
   *
   * @param method of the runtime's {@code Probabilities}; none where outputs are probabilities
   * @param inWords for the Javadoc
   */
  private record Kind(Optional<String> method, String inWords) {}

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final ClassCode decision;

  public PredictionsEmitter(Plan plan, Names names, Scalar scalar) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.decision = new ClassCode(plan.network(), scalar);
  }

  /** None for a loss that is not taken of probabilities. */
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

  // public float[][] forward(float[][] x) {
  //   return Rows.split(forward(Rows.flat(x, INPUTS)), OUTPUTS);
  // }
  //
  // public float[] probabilities(float[] x) {
  //   return Probabilities.softmax(forward(x), x.length / INPUTS, OUTPUTS);
  // }
  //
  // public int[] predictClasses(float[] x) {
  //   int[] classes = new int[Check.rows("x", Objects.requireNonNull(x, "x").length, INPUTS)];
  //   new Predictor(this, TILE).predictClasses(x, classes.length, classes);
  //   return classes;
  // }
  /** Adds the methods of the network. */
  public void ofNetwork(TypeSpec.Builder type) {
    type.addMethod(method("forward")
        .addJavadoc("The outputs of the rows of x, each an array of {@link #INPUTS} values.\n")
        .returns(scalar.rows())
        .addParameter(scalar.rows(), "x")
        .addStatement("return $1T.split(forward($1T.flat(x, INPUTS)), OUTPUTS)", ROWS)
        .build());
    kind().ifPresent(kind -> type.addMethod(probabilities(kind)));
    if (decision.exists()) {
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
        .addStatement("new Predictor(this, TILE).predictClasses(x, classes.length, classes)")
        .addStatement("return classes")
        .build();
  }

  private MethodSpec probabilities(Kind kind) {
    MethodSpec.Builder method = method("probabilities")
        .addJavadoc(
            "The probabilities according to the declared loss: $L outputs. Otherwise the same as {@link #forward($T)}.\n",
            kind.inWords(),
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

  // public void probabilities(float[] x, int n, float[] y) {
  //   forward(x, n, y);
  //   Probabilities.softmax(y, n, OUTPUTS);
  // }
  //
  // @Override
  // public Tensor probabilities(Tensor x) {
  //   return Probabilities.softmax(forward(x));
  // }
  //
  // public void predictClasses(float[] x, int n, int[] classes) {
  //   Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, INPUTS);
  //   Check.atLeastRows("classes", n, Objects.requireNonNull(classes, "classes").length, 1);
  //   for (int from = 0; from < n; from += TILE) {
  //     int rows = Math.min(TILE, n - from);
  //     Rows.read(x, from, rows, INPUTS, v.input);
  //     network.forward(v, rows);
  //     for (int r = 0; r < rows; r++) {
  //       classes[from + r] = Rows.argmax(v.logits[r], OUTPUTS);
  //     }
  //   }
  // }
  //
  // @Override
  // public int[] predictClasses(Tensor x) {
  //   Check.matrixOrRow("x", x, DType.FLOAT32, INPUTS);
  //   return network.predictClasses(x.toFloatArray());
  // }
  /** Adds the methods of the predictor. */
  public void ofPredictor(TypeSpec.Builder type) {
    kind().ifPresent(kind -> type.addMethod(probabilitiesOfRows(kind)));
    type.addMethod(probabilitiesOfTensor());
    if (decision.exists()) {
      type.addMethod(predictClassesOfRows());
    }
    type.addMethod(predictClassesOfTensor());
  }

  private MethodSpec predictClassesOfRows() {
    CodeBlock row = CodeBlock.of("v.$L[r]", names.field(plan.output()));
    return method("predictClasses")
        .addJavadoc(
            "The classes of the first n rows, as defined by {@link #predictClass($T)}; n is at least 1.\n",
            scalar.array())
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "n")
        .addParameter(CLASSES, "classes")
        .addStatement("$T.atLeastRows($S, n, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        .addStatement("$T.atLeastRows($S, n, $L.length, 1)", CHECK, "classes", notNull("classes"))
        .beginControlFlow("for (int from = 0; from < n; from += TILE)")
        .addStatement("int rows = $T.min(TILE, n - from)", Math.class)
        .addStatement("$T.read(x, from, rows, INPUTS, v.$L)", ROWS, names.field(plan.input()))
        .addStatement("network.forward(v, rows)")
        .beginControlFlow("for (int r = 0; r < rows; r++)")
        .addStatement("classes[from + r] = $L", decision.of(row))
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  private MethodSpec predictClassesOfTensor() {
    MethodSpec.Builder method =
        override("predictClasses").returns(CLASSES).addParameter(TENSOR, "x");
    if (!decision.exists()) {
      return method.addStatement("throw $L", decision.error()).build();
    }
    return method
        .addStatement(
            "$T.matrixOrRow($S, x, $T.$L, INPUTS)", CHECK, "x", DType.class, scalar.dtype())
        .addStatement("return network.predictClasses(x.$L())", scalar.toArray())
        .build();
  }

  private MethodSpec probabilitiesOfRows(Kind kind) {
    MethodSpec.Builder method = method("probabilities")
        .addJavadoc(
            "The probabilities according to the declared loss: $1L outputs. Otherwise the same as {@link #forward($2T, int, $2T)}.\n",
            kind.inWords(),
            scalar.array())
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.array(), "y")
        .addStatement("forward(x, n, y)");
    kind.method()
        .ifPresent(name -> method.addStatement("$T.$L(y, n, OUTPUTS)", PROBABILITIES, name));
    return method.build();
  }

  private MethodSpec probabilitiesOfTensor() {
    MethodSpec.Builder method = override("probabilities").returns(TENSOR).addParameter(TENSOR, "x");
    Loss loss = plan.network().objective().loss();
    return kind()
        .map(kind -> kind.method()
            .map(name -> method.addStatement("return $T.$L(forward(x))", PROBABILITIES, name))
            .orElseGet(() -> method.addStatement("return forward(x)")))
        .orElseGet(() -> method.addStatement("throw $T.none($S)", PROBABILITIES, loss.name()))
        .build();
  }

  private static MethodSpec.Builder method(String name) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC);
  }
}
