package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.hook;
import static dev.gradpoet.processor.emit.code.CommonCode.notNull;
import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.ROWS;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.Loss;
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

  // public static final class Predictor extends FloatPredictorBase {
  //   private final DigitsNetwork network;
  //   private final Values v;
  //   private final Row row;
  //
  //   private Predictor(DigitsNetwork network, int rows) {
  //     super(SampleShape.of(64), SampleShape.of(10), TILE, Loss.CROSS_ENTROPY, true);
  //     this.network = network;
  //     this.v = new Values(network.p, rows);
  //     this.row = v.row;
  //   }
  //   ...
  // }
  public TypeSpec predictor() {
    ClassCode decision = new ClassCode(plan.network(), scalar);
    TypeSpec.Builder type = TypeSpec.classBuilder("Predictor")
        .addJavadoc(
            "Inference on one thread: the methods on arrays allocate nothing. Other threads may infer at the same time, each with its own predictor.\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .superclass(scalar.predictor())
        .addField(FieldSpec.builder(names.network(), "network", Modifier.PRIVATE, Modifier.FINAL)
            .build())
        .addField(FieldSpec.builder(names.nested("Values"), "v", Modifier.PRIVATE, Modifier.FINAL)
            .build());
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(names.network(), "network")
        .addParameter(TypeName.INT, "rows")
        .addStatement(
            "super($L, $L, TILE, $T.$L, $L)",
            RuntimeTypes.sampleShape(plan.network().input()),
            RuntimeTypes.sampleShape(plan.network().last().shape()),
            Loss.class,
            plan.network().objective().loss(),
            decision.hasClasses())
        .addStatement("this.network = network")
        .addStatement("this.v = $L", storage.newValues("network.p", "rows", false));
    if (plan.hasRowPass()) {
      type.addField(FieldSpec.builder(names.nested("Row"), "row", Modifier.PRIVATE, Modifier.FINAL)
          .build());
      constructor.addStatement("this.row = v.row");
    }
    type.addMethod(constructor.build()).addMethod(infer()).addMethod(forward());
    if (decision.hasClasses()) {
      type.addMethod(predictClass(decision));
    }
    new PredictionsEmitter(plan, scalar).ofPredictor(type);
    return type.build();
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
        .addStatement("$T.read(x, from, rows, INPUTS, v.$L)", ROWS, names.field(plan.input()))
        .addStatement("network.forward(v, rows)")
        .addStatement("return v.$L", names.field(plan.output()))
        .build();
  }

  // @Override
  // public int predictClass(float[] x) {
  //   Check.oneRow(Objects.requireNonNull(x, "x").length, INPUTS);
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
        .addStatement("$T.oneRow($L.length, INPUTS)", CHECK, notNull("x"));
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
