package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.notNull;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.ROWS;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.TENSOR;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.DType;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.Plan;
import javax.lang.model.element.Modifier;

/** Prints the nested class {@code Predictor}. */
public final class PredictorEmitter {

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final StorageEmitter storage;
  private final RowEmitter row;

  public PredictorEmitter(
      Plan plan, Names names, Scalar scalar, StorageEmitter storage, RowEmitter row) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.storage = storage;
    this.row = row;
  }

  // public static final class Predictor implements dev.gradpoet.runtime.Predictor {
  //   private final DigitsNetwork network;
  //   private final Values v;
  //   private final Row row;
  //   ...
  // }
  public TypeSpec predictor() {
    TypeSpec.Builder type = TypeSpec.classBuilder("Predictor")
        .addJavadoc(
            "Inference on one thread: the methods on arrays allocate nothing. Others may infer at the same time, each with its own.\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addSuperinterface(RuntimeTypes.runtime("Predictor"))
        .addField(FieldSpec.builder(names.network(), "network", Modifier.PRIVATE, Modifier.FINAL)
            .build())
        .addField(FieldSpec.builder(names.nested("Values"), "v", Modifier.PRIVATE, Modifier.FINAL)
            .build())
        .addField(FieldSpec.builder(names.nested("Row"), "row", Modifier.PRIVATE, Modifier.FINAL)
            .build())
        .addMethod(MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(names.network(), "network")
            .addParameter(TypeName.INT, "rows")
            .addStatement("this.network = network")
            .addStatement("this.v = $L", storage.newValues("network.p", "rows", false))
            .addStatement("this.row = v.row")
            .build())
        .addMethod(forward())
        .addMethod(forwardRows())
        .addMethod(infer())
        .addMethod(forwardTensor(scalar));
    ClassCode decision = new ClassCode(plan.network(), scalar);
    if (decision.exists()) {
      type.addMethod(predictClass(decision)).addMethod(predictClassOfTensor());
    } else {
      type.addMethod(noClassOfTensor());
    }
    new PredictionsEmitter(plan, names, scalar).ofPredictor(type);
    return type.build();
  }

  // public void forward(float[] x, float[] y) {
  //   int n = Check.rows("x", Objects.requireNonNull(x, "x").length, INPUTS);
  //   Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, OUTPUTS);
  //   infer(x, n, y);
  // }
  private MethodSpec forward() {
    return MethodSpec.methodBuilder("forward")
        .addJavadoc(
            "Writes the outputs of the rows of x to y; otherwise the same as {@link $T#forward($T)}.\n",
            names.network(),
            scalar.array())
        .addModifiers(Modifier.PUBLIC)
        .addParameter(scalar.array(), "x")
        .addParameter(scalar.array(), "y")
        .addStatement("int n = $T.rows($S, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        .addStatement("$T.exactRows($S, n, $L.length, OUTPUTS)", CHECK, "y", notNull("y"))
        .addStatement("infer(x, n, y)")
        .build();
  }

  private MethodSpec forwardRows() {
    return MethodSpec.methodBuilder("forward")
        .addJavadoc(
            "{@code forward} of the first n rows of arrays that may be longer; n is at least 1.\n")
        .addModifiers(Modifier.PUBLIC)
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.array(), "y")
        .addStatement("$T.atLeastRows($S, n, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        .addStatement("$T.atLeastRows($S, n, $L.length, OUTPUTS)", CHECK, "y", notNull("y"))
        .addStatement("infer(x, n, y)")
        .build();
  }

  // private void infer(float[] x, int n, float[] y) {
  //   if (n == 1) {
  //     KERNELS.row(row, x);
  //     System.arraycopy(row.logits, 0, y, 0, OUTPUTS);
  //     return;
  //   }
  //   for (int from = 0; from < n; from += TILE) {
  //     int rows = Math.min(TILE, n - from);
  //     Rows.read(x, from, rows, INPUTS, v.input);
  //     network.forward(v, rows);
  //     Rows.write(v.logits, rows, OUTPUTS, y, from);
  //   }
  // }
  private MethodSpec infer() {
    return MethodSpec.methodBuilder("infer")
        .addModifiers(Modifier.PRIVATE)
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.array(), "y")
        .beginControlFlow("if (n == 1)")
        .addCode(row.send())
        .addStatement("$T.arraycopy($L, 0, y, 0, OUTPUTS)", System.class, row.output())
        .addStatement("return")
        .endControlFlow()
        .beginControlFlow("for (int from = 0; from < n; from += TILE)")
        .addStatement("int rows = $T.min(TILE, n - from)", Math.class)
        .addStatement("$T.read(x, from, rows, INPUTS, v.$L)", ROWS, names.field(plan.input()))
        .addStatement("network.forward(v, rows)")
        .addStatement("$T.write(v.$L, rows, OUTPUTS, y, from)", ROWS, names.field(plan.output()))
        .endControlFlow()
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
            "$T y = new $T[$T.outputs(n, OUTPUTS, $T.BYTES)]",
            scalar.array(),
            scalar.type(),
            CHECK,
            scalar.type().box())
        .addStatement("forward(x.$L(), n, y)", scalar.toArray())
        .addStatement(
            "return x.shape().length == 1 ? $1T.view(y, OUTPUTS) : $1T.view(y, n, OUTPUTS)", TENSOR)
        .build();
  }

  // public int predictClass(float[] x) {
  //   Check.oneRow(Objects.requireNonNull(x, "x").length, INPUTS);
  //   KERNELS.row(row, x);
  //   return Rows.argmax(row.logits, OUTPUTS);
  // }
  private MethodSpec predictClass(ClassCode decision) {
    return MethodSpec.methodBuilder("predictClass")
        .addJavadoc(
            "The class of one row of {@link #INPUTS} values: $L.\n\n@throws IllegalArgumentException if x is not one row\n",
            decision.inWords())
        .addModifiers(Modifier.PUBLIC)
        .returns(TypeName.INT)
        .addParameter(scalar.array(), "x")
        .addStatement("$T.oneRow($L.length, INPUTS)", CHECK, notNull("x"))
        .addCode(row.send())
        .addStatement("return $L", decision.of(CodeBlock.of("$L", row.output())))
        .build();
  }

  private MethodSpec noClassOfTensor() {
    return MethodSpec.methodBuilder("predictClass")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(TypeName.INT)
        .addParameter(TENSOR, "x")
        .addStatement("throw $L", new ClassCode(plan.network(), scalar).error())
        .build();
  }

  private MethodSpec predictClassOfTensor() {
    return MethodSpec.methodBuilder("predictClass")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(TypeName.INT)
        .addParameter(TENSOR, "x")
        .addStatement("$T.oneRow(x, $T.$L, INPUTS)", CHECK, DType.class, scalar.dtype())
        .addStatement("return predictClass(x.$L())", scalar.toArray())
        .build();
  }
}
