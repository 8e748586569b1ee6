package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.hook;
import static dev.gradpoet.processor.emit.code.CommonCode.notNull;
import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.ROWS;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.emit.code.Inputs;
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
  private final ValuesEmitter values;
  private final RowEmitter row;
  private final Inputs inputs;

  public PredictorEmitter(
      Plan plan, Names names, Scalar scalar, ValuesEmitter values, RowEmitter row) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.values = values;
    this.row = row;
    this.inputs = new Inputs(plan.network(), scalar);
  }

  // public static final class Predictor extends FloatPredictorBase {
  //   private final DigitsNetwork network;
  //   private final Values v;
  //   private final Row row;
  //
  //   private Predictor(DigitsNetwork network, int rows) {
  //     super(SampleShape.of(64), SampleShape.of(10), TILE, Loss.CROSS_ENTROPY, true);
  //     this.network = network;
  //     this.v = new Values(network.p, BatchRows.of(rows));
  //     this.row = v.row;
  //   }
  //   ...
  // }
  public TypeSpec predictor() {
    ClassCode decision = new ClassCode(plan.network(), scalar);
    TypeSpec.Builder type = TypeSpec.classBuilder("Predictor")
        .addJavadoc(
            "Inference for one caller: the methods on arrays allocate nothing. Other threads may infer at the same time, each with its own predictor.\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .superclass(
            inputs.isOneDense()
                ? scalar.predictor()
                : RuntimeTypes.inputs(scalar.prefix() + "InputsPredictor"))
        .addField(FieldSpec.builder(names.network(), "network", Modifier.PRIVATE, Modifier.FINAL)
            .build())
        .addField(FieldSpec.builder(names.nested("Values"), "v", Modifier.PRIVATE, Modifier.FINAL)
            .build());
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(names.network(), "network")
        .addParameter(TypeName.INT, "rows")
        .addStatement(
            "super($L, TILE, $T.$L, $L)",
            inputs.isOneDense()
                ? CodeBlock.of(
                    "$L, $L",
                    RuntimeTypes.sampleShape(plan.network().inputs().get(0).shape()),
                    RuntimeTypes.sampleShape(plan.network().last().shape()))
                : CodeBlock.of("network.architecture"),
            Loss.class,
            plan.network().objective().loss(),
            decision.hasClasses())
        .addStatement("this.network = network")
        .addStatement(
            "this.v = $L",
            values.newValues(
                "network.p", CodeBlock.of("$T.of(rows)", RuntimeTypes.BATCH_ROWS), false));
    if (!inputs.isOneDense()) {
      type.addMethod(constructor.build()).addMethod(withThreads()).addMethod(forwardOfArrays());
      new PredictionsEmitter(plan, scalar).ofPredictor(type);
      addInputs(type, inputs);
      return type.build();
    }
    if (plan.hasRowPass()) {
      type.addField(FieldSpec.builder(names.nested("Row"), "row", Modifier.PRIVATE, Modifier.FINAL)
          .build());
      constructor.addStatement("this.row = v.row");
    }
    type.addMethod(constructor.build())
        .addMethod(withThreads())
        .addMethod(infer())
        .addMethod(forward());
    if (decision.hasClasses()) {
      type.addMethod(predictClass(decision));
    }
    new PredictionsEmitter(plan, scalar).ofPredictor(type);
    return type.build();
  }

  // private Predictor(DigitsNetwork network, int rows, int threads) {
  //   this(network, rows);
  //   Predictor[] others = new Predictor[threads - 1];
  //   for (int i = 0; i < others.length; i++) {
  //     others[i] = new Predictor(network, rows);
  //   }
  //   share(others, 2536L);
  // }
  private MethodSpec withThreads() {
    return MethodSpec.constructorBuilder()
        .addJavadoc("Inference on several threads, each with a predictor of its own.\n")
        .addModifiers(Modifier.PRIVATE)
        .addParameter(names.network(), "network")
        .addParameter(TypeName.INT, "rows")
        .addParameter(TypeName.INT, "threads")
        .addStatement("this(network, rows)")
        .addStatement("Predictor[] others = new Predictor[threads - 1]")
        .beginControlFlow("for (int i = 0; i < others.length; i++)")
        .addStatement("others[i] = new Predictor(network, rows)")
        .endControlFlow()
        .addStatement("share(others, $LL)", plan.operations())
        .build();
  }

  // @Override
  // protected float[][] forward(Object[] x, int from, int rows) {
  //   v.read(x, from, rows);
  //   network.forward(v, rows);
  //   return v.logits;
  // }
  private MethodSpec forwardOfArrays() {
    return hook("forward")
        .returns(scalar.rows())
        .addParameter(ArrayTypeName.of(Object.class), "x")
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.INT, "rows")
        .addStatement("v.read(x, from, rows)")
        .addStatement("network.forward(v, rows)")
        .addStatement("return v.$L", names.field(plan.output()))
        .build();
  }

  // private final Object[] x = new Object[2];
  //
  // private Object[] inputs(float[] numbers, int[] categories) {
  //   x[0] = numbers;
  //   x[1] = categories;
  //   return x;
  // }
  /** Adds the arrays of a call as methods of the runtime take them, without an object a call, to a predictor or trainer. */
  public static void addInputs(TypeSpec.Builder type, Inputs inputs) {
    MethodSpec.Builder method = MethodSpec.methodBuilder("inputs")
        .addModifiers(Modifier.PRIVATE)
        .returns(ArrayTypeName.of(Object.class))
        .addParameters(inputs.parameters());
    int place = 0;
    for (ParameterSpec parameter : inputs.parameters()) {
      method.addStatement("x[$L] = $L", place++, parameter.name());
    }
    type.addField(
            FieldSpec.builder(ArrayTypeName.of(Object.class), "x", Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("The arrays of the inputs of a call.\n")
                .initializer("new Object[$L]", place)
                .build())
        .addMethod(method.addStatement("return x").build());
  }

  // @Override
  // protected void infer(float[] x, int n, float[] y) {
  //   if (n > 1) {
  //     inferTiles(x, n, y);
  //     return;
  //   }
  //   KERNELS.row(row, x);
  //   System.arraycopy(row.logits, 0, y, 0, OUTPUTS);
  // }
  private MethodSpec infer() {
    MethodSpec.Builder method = hook("infer")
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.array(), "y");
    if (!plan.hasRowPass()) {
      return method.addStatement("inferTiles(x, n, y)").build();
    }
    return method
        .beginControlFlow("if (n > 1)")
        .addStatement("inferTiles(x, n, y)")
        .addStatement("return")
        .endControlFlow()
        .addCode(row.compute())
        .addStatement("$T.arraycopy($L, 0, y, 0, OUTPUTS)", System.class, row.output())
        .build();
  }

  // @Override
  // protected float[][] forward(float[] x, int from, int rows) {
  //   Rows.read(x, from, rows, INPUTS, v.input);
  //   network.forward(v, rows);
  //   return v.logits;
  // }
  private MethodSpec forward() {
    return hook("forward")
        .returns(scalar.rows())
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.INT, "rows")
        .addStatement(
            "$T.read(x, from, rows, INPUTS, v.$L)",
            ROWS,
            names.field(plan.inputs().get(0)))
        .addStatement("network.forward(v, rows)")
        .addStatement("return v.$L", names.field(plan.output()))
        .build();
  }

  // @Override
  // public int predictClass(float[] x) {
  //   Check.oneRow(Objects.requireNonNull(x, "x").length, INPUTS);
  //   requireOpen();
  //   KERNELS.row(row, x);
  //   return Rows.argmax(row.logits, OUTPUTS);
  // }
  private MethodSpec predictClass(ClassCode decision) {
    MethodSpec.Builder method = override("predictClass")
        .addJavadoc(
            "The class of one row of {@link #INPUTS} values: $L.\n\n@throws IllegalArgumentException if x is not one row\n",
            decision.describe())
        .returns(TypeName.INT)
        .addParameter(scalar.array(), "x")
        .addStatement("$T.oneRow($L.length, INPUTS)", CHECK, notNull("x"))
        .addStatement("requireOpen()");
    if (!plan.hasRowPass()) {
      return method
          .addStatement("$T y = forward(x, 0, 1)[0]", scalar.array())
          .addStatement("return $L", decision.of(CodeBlock.of("y")))
          .build();
    }
    return method
        .addCode(row.compute())
        .addStatement("return $L", decision.of(CodeBlock.of("$L", row.output())))
        .build();
  }
}
