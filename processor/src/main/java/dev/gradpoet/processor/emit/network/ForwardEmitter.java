package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.notNull;
import static dev.gradpoet.processor.emit.code.CommonCode.override;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Inputs;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.Plan;
import javax.lang.model.element.Modifier;

/** Prints the forward pass in inference: of arrays, for callers, and of the values of a batch. */
public final class ForwardEmitter {

  private final Plan plan;
  private final Signatures signatures;
  private final Names names;
  private final Scalar scalar;
  private final Inputs inputs;

  public ForwardEmitter(Plan plan, Signatures signatures) {
    this.plan = plan;
    this.signatures = signatures;
    this.names = signatures.names();
    this.scalar = signatures.scalar();
    this.inputs = new Inputs(plan.network(), scalar);
  }

  /** Adds the methods. */
  public void add(TypeSpec.Builder type) {
    type.addMethod(inputs.isOneDense() ? ofArray() : ofArrays());
    ofValues(type);
  }

  // public float[] forward(float[] x) {
  //   int n = Check.rows("x", Objects.requireNonNull(x, "x").length, INPUTS);
  //   float[] y = new float[Check.outputs(n, OUTPUTS, Float.BYTES)];
  //   try (Predictor predictor = new Predictor(this, Math.min(n, TILE))) {
  //     predictor.infer(x, n, y);
  //   }
  //   return y;
  // }
  private MethodSpec ofArray() {
    MethodSpec.Builder method = override("forward")
        .returns(scalar.array())
        .addParameter(scalar.array(), "x")
        .addStatement("int n = $T.rows($S, $L.length, INPUTS)", CHECK, "x", notNull("x"));
    return through(method, CodeBlock.of("predictor.infer(x, n, y)"));
  }

  // public float[] forward(float[] numbers, int[] categories) {
  //   int n = Inputs.of(architecture).rows(new Object[] {numbers, categories});
  //   float[] y = new float[Check.outputs(n, OUTPUTS, Float.BYTES)];
  //   try (Predictor predictor = new Predictor(this, Math.min(n, TILE))) {
  //     predictor.forward(numbers, categories, y);
  //   }
  //   return y;
  // }
  private MethodSpec ofArrays() {
    MethodSpec.Builder method = MethodSpec.methodBuilder("forward")
        .addJavadoc("""
            The outputs of one row or of many. Any thread may call it; for many calls, {@link #predictor()} gives an object that allocates nothing.

            $L@return n rows of outputs
            @throws IllegalArgumentException if the lengths are not those of as many whole rows, or a class index is out of its range
            """, inputs.javadoc("n rows"))
        .addModifiers(Modifier.PUBLIC)
        .returns(scalar.array())
        .addParameters(inputs.parameters())
        .addStatement(
            "int n = $T.of(architecture).rows($L)", RuntimeTypes.inputs("Inputs"), inputs.passed());
    return through(method, CodeBlock.of("predictor.forward($L, y)", inputs.arguments()));
  }

  /** Adds the outputs, and the predictor that computes them. */
  private MethodSpec through(MethodSpec.Builder method, CodeBlock call) {
    return method
        .addStatement(
            "$T y = new $T[$T.outputs(n, OUTPUTS, $T.BYTES)]",
            scalar.array(),
            scalar.type(),
            CHECK,
            scalar.type().box())
        .beginControlFlow(
            "try (Predictor predictor = new Predictor(this, $T.min(n, TILE)))", Math.class)
        .addStatement(call)
        .endControlFlow()
        .addStatement("return y")
        .build();
  }

  // private void forward(Values v, int n) {
  //   if (n == 1 && v.row != null) {
  //     KERNELS.row(v.row, v.input[0]);
  //     return;
  //   }
  //   KERNELS.hiddenForward(n, v.input, p.hiddenWeight.rows, p.hiddenBias.values, v.hidden);
  //   ...
  // }
  private void ofValues(TypeSpec.Builder type) {
    MethodSpec.Builder method = MethodSpec.methodBuilder("forward")
        .addModifiers(Modifier.PRIVATE)
        .addParameter(names.nested("Values"), "v")
        .addParameter(TypeName.INT, "n");
    if (plan.hasRowPass()) {
      method
          .beginControlFlow("if (n == 1 && v.row != null)")
          .addStatement(
              "$L.row(v.row$L)",
              signatures.choice().owner(),
              inputs.isOneDense() ? ", v." + names.field(plan.inputs().get(0)) + "[0]" : "")
          .addStatement("return")
          .endControlFlow();
    }
    Sequence.add(type, method, plan.inference().stream().map(signatures::call).toList());
  }
}
