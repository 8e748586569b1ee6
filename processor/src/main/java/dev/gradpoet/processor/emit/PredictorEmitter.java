package dev.gradpoet.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.validate.ValidSpec;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Prints the nested class {@code Predictor}. */
final class PredictorEmitter {

  static final ClassName TENSOR = ClassName.get(Names.RUNTIME, "Tensor");
  static final ClassName CHECK = ClassName.get(Names.SUPPORT, "Check");
  static final ClassName ROWS = ClassName.get(Names.SUPPORT, "Rows");

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final StorageEmitter storage;

  PredictorEmitter(Plan plan, Names names, Scalar scalar, StorageEmitter storage) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.storage = storage;
  }

  // public static final class Predictor implements dev.gradpoet.runtime.Predictor {
  //   private final DigitsNetwork network;
  //   private final Values v = new Values(TILE, false);
  //   ...
  // }
  TypeSpec predictor() {
    return TypeSpec.classBuilder("Predictor")
        .addJavadoc(
            "Inference on one thread: the methods on arrays allocate nothing. Others may infer at the same time, each with its own.\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addSuperinterface(ClassName.get(Names.RUNTIME, "Predictor"))
        .addField(FieldSpec.builder(names.network(), "network", Modifier.PRIVATE, Modifier.FINAL)
            .build())
        .addField(FieldSpec.builder(names.nested("Values"), "v", Modifier.PRIVATE, Modifier.FINAL)
            .initializer(storage.newValues("TILE", false))
            .build())
        .addMethod(MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(names.network(), "network")
            .addStatement("this.network = network")
            .build())
        .addMethod(forward())
        .addMethod(forwardRows())
        .addMethod(forwardTensor(scalar))
        .addMethod(predictClass())
        .addMethod(predictClassOfTensor())
        .build();
  }

  // public void forward(float[] x, float[] y) {
  //   int n = Check.rows("x", Objects.requireNonNull(x, "x").length, INPUTS);
  //   Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, OUTPUTS);
  //   network.infer(x, n, y, v);
  // }
  private MethodSpec forward() {
    return MethodSpec.methodBuilder("forward")
        .addJavadoc("""
            The outputs of whole rows.

            @param x n rows of {@link #INPUTS} values
            @param y takes n rows of {@link #OUTPUTS} values
            @throws IllegalArgumentException if a length does not fit
            """)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(scalar.array(), "x")
        .addParameter(scalar.array(), "y")
        .addStatement("int n = $T.rows($S, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        .addStatement("$T.exactRows($S, n, $L.length, OUTPUTS)", CHECK, "y", notNull("y"))
        .addStatement("network.infer(x, n, y, v)")
        .build();
  }

  private MethodSpec forwardRows() {
    return MethodSpec.methodBuilder("forward")
        .addJavadoc("""
            The outputs of the first n rows.

            @param x at least n rows of {@link #INPUTS} values
            @param n how many, at least 1
            @param y takes n rows of {@link #OUTPUTS} values
            @throws IllegalArgumentException if n is below 1 or an array is shorter
            """)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.array(), "y")
        .addStatement("$T.atLeastRows($S, n, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        .addStatement("$T.atLeastRows($S, n, $L.length, OUTPUTS)", CHECK, "y", notNull("y"))
        .addStatement("network.infer(x, n, y, v)")
        .build();
  }

  // int n = Check.matrixOrRow("x", x, DType.FLOAT32, INPUTS);
  // float[] y = new float[n * OUTPUTS];
  // forward(x.toFloatArray(), n, y);
  // return x.shape().length == 1 ? Tensor.view(y, OUTPUTS) : Tensor.view(y, n, OUTPUTS);
  private static MethodSpec forwardTensor(Scalar scalar) {
    return MethodSpec.methodBuilder("forward")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(TENSOR)
        .addParameter(TENSOR, "x")
        .addStatement(
            "int n = $T.matrixOrRow($S, x, $T.$L, INPUTS)", CHECK, "x", DType.class, scalar.dtype())
        .addStatement(
            "$T y = new $T[$T.multiplyExact(n, OUTPUTS)]",
            scalar.array(),
            scalar.type(),
            Math.class)
        .addStatement("forward(x.$L(), n, y)", scalar.toArray())
        .addStatement(
            "return x.shape().length == 1 ? $1T.view(y, OUTPUTS) : $1T.view(y, n, OUTPUTS)", TENSOR)
        .build();
  }

  // public int predictClass(float[] x) {
  //   Check.exactRows("x", 1, Objects.requireNonNull(x, "x").length, INPUTS);
  //   Rows.read(x, 0, 1, INPUTS, v.input);
  //   network.forward(v, 1);
  //   return Rows.argmax(v.logits[0], OUTPUTS);
  // }
  private MethodSpec predictClass() {
    ValidSpec spec = plan.spec();
    String output = names.field(plan.output());
    Activation last = spec.layers().get(spec.layers().size() - 1).activation().function();
    boolean sigmoid = last == Activation.SIGMOID || last == Activation.HARD_SIGMOID;
    CodeBlock threshold = scalar.literal(sigmoid ? 0.5 : 0);
    CodeBlock result = spec.outputs() > 1
        ? CodeBlock.of("$T.argmax(v.$L[0], OUTPUTS)", ROWS, output)
        : CodeBlock.of("v.$L[0][0] > $L ? 1 : 0", output, threshold);
    return MethodSpec.methodBuilder("predictClass")
        .addJavadoc(
            spec.outputs() > 1
                ? "The class of one row of {@link #INPUTS} values: the index of the largest output.\n"
                : "The class of one row of {@link #INPUTS} values: 1 if the output is above "
                    + (sigmoid ? "0.5" : "0")
                    + ", else 0.\n")
        .addJavadoc("\n@throws IllegalArgumentException if x is not one row\n")
        .addModifiers(Modifier.PUBLIC)
        .returns(TypeName.INT)
        .addParameter(scalar.array(), "x")
        .addStatement("$T.exactRows($S, 1, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        .addStatement("$T.read(x, 0, 1, INPUTS, v.$L)", ROWS, names.field(plan.input()))
        .addStatement("network.forward(v, 1)")
        .addStatement("return $L", result)
        .build();
  }

  private MethodSpec predictClassOfTensor() {
    return MethodSpec.methodBuilder("predictClass")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(TypeName.INT)
        .addParameter(TENSOR, "x")
        .addStatement(
            "$T.matrixOrRow($S, x, $T.$L, INPUTS)", CHECK, "x", DType.class, scalar.dtype())
        .addStatement("return predictClass(x.$L())", scalar.toArray())
        .build();
  }

  /** {@code Objects.requireNonNull(x, "x")}: an error that names the argument. */
  static CodeBlock notNull(String argument) {
    return CodeBlock.of("$T.requireNonNull($L, $S)", Objects.class, argument, argument);
  }
}
