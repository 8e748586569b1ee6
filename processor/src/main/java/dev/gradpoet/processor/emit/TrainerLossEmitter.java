package dev.gradpoet.processor.emit;

import static dev.gradpoet.processor.emit.PredictorEmitter.CHECK;
import static dev.gradpoet.processor.emit.PredictorEmitter.ROWS;
import static dev.gradpoet.processor.emit.PredictorEmitter.TENSOR;
import static dev.gradpoet.processor.emit.PredictorEmitter.notNull;
import static dev.gradpoet.processor.emit.TrainerEmitter.override;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.DType;
import dev.gradpoet.processor.graph.LossOp;
import dev.gradpoet.processor.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Prints the moves of the {@code Trainer} that depend on the loss, one of each for every kind of target. */
final class TrainerLossEmitter {

  /** A kind of target: class indices, or rows as wide as the output. */
  private record Target(TypeName type, CodeBlock width, boolean classes) {}

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final StorageEmitter storage;
  private final KernelFamily family;
  private final List<Target> targets;

  TrainerLossEmitter(
      Plan plan, StorageEmitter storage, Signatures signatures, KernelFamily family) {
    this.plan = plan;
    this.names = signatures.names();
    this.scalar = signatures.scalar();
    this.storage = storage;
    this.family = family;
    this.targets = plan.loss().map(this::targets).orElse(List.of());
  }

  private List<Target> targets(LossOp loss) {
    Target classes = new Target(ArrayTypeName.of(TypeName.INT), CodeBlock.of("1"), true);
    Target dense = new Target(scalar.array(), CodeBlock.of("OUTPUTS"), false);
    List<Target> targets = new ArrayList<>();
    if (acceptsClasses(loss)) {
      targets.add(classes);
    }
    targets.add(dense);
    return targets;
  }

  private static boolean acceptsClasses(LossOp loss) {
    return loss.match(new LossOp.Cases<>() {
      @Override
      public Boolean elementwise(LossOp.Elementwise op) {
        return false;
      }

      @Override
      public Boolean crossEntropy(LossOp.CrossEntropy op) {
        return true;
      }
    });
  }

  // public float step(float[] x, int[] y) {
  //   int n = Check.rows("x", Objects.requireNonNull(x, "x").length, INPUTS);
  //   Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, 1);
  //   return step(x, n, y);
  // }
  //
  // public float step(float[] x, int n, int[] y) {
  //   Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, INPUTS);
  //   Check.atLeastRows("y", n, Objects.requireNonNull(y, "y").length, 1);
  //   Check.labels(y, n, OUTPUTS);
  //   state.checkBatch(n);
  //   keepForward(x, n);
  //   float loss = takeLoss(y, n);
  //   d.zero();
  //   state.backward();
  //   propagate(n);
  //   descend();
  //   updated = true;
  //   state.step();
  //   return loss;
  // }
  void step(TypeSpec.Builder type) {
    for (Target target : targets) {
      MethodSpec.Builder whole = MethodSpec.methodBuilder("step")
          .addJavadoc("""
                  Exactly zeroGrad, forward, loss, backward, update. It uses the gradients up.

                  @param x n rows of {@link #INPUTS} values, n at most the capacity
                  @param y $L
                  @return the loss before the update
                  @throws IllegalArgumentException if a length does not fit$L; nothing has changed then
                  """, targetInWords(target), target.classes() ? ", or a class is not one" : "")
          .addModifiers(Modifier.PUBLIC)
          .returns(scalar.type())
          .addParameter(scalar.array(), "x")
          .addParameter(target.type(), "y")
          .addStatement("int n = $T.rows($S, $L.length, INPUTS)", CHECK, "x", notNull("x"))
          .addStatement(
              "$T.exactRows($S, n, $L.length, $L)", CHECK, "y", notNull("y"), target.width())
          .addStatement("return step(x, n, y)");
      type.addMethod(whole.build());
      MethodSpec.Builder rows = MethodSpec.methodBuilder("step")
          .addJavadoc(
              "{@code step} on the first n rows of longer arrays, n from 1 to the capacity.\n")
          .addModifiers(Modifier.PUBLIC)
          .returns(scalar.type())
          .addParameter(scalar.array(), "x")
          .addParameter(TypeName.INT, "n")
          .addParameter(target.type(), "y");
      checkRows(rows, target);
      rows.addStatement("state.checkBatch(n)")
          .addStatement("keepForward(x, n)")
          .addStatement("$T loss = takeLoss(y, n)", scalar.type())
          .addStatement("d.zero()")
          .addStatement("state.backward()")
          .addStatement("propagate(n)")
          .addStatement("descend()")
          .addStatement("updated = true")
          .addStatement("state.step()")
          .addStatement("return loss");
      type.addMethod(rows.build());
    }
    type.addMethod(ofTensors("step"));
  }

  // public float loss(int[] y) {
  //   int n = state.rows("loss");
  //   Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, 1);
  //   Check.labels(y, n, OUTPUTS);
  //   return takeLoss(y, n);
  // }
  //
  // private float takeLoss(int[] y, int n) {
  //   state.takingLoss();
  //   double sum = PlainKernels.crossEntropy(v.logits, n, y, 0, 0, (float) (1.0 / n), g.logits);
  //   state.lossTaken();
  //   return (float) (sum / n);
  // }
  void loss(TypeSpec.Builder type) {
    for (Target target : targets) {
      MethodSpec.Builder loss = MethodSpec.methodBuilder("loss")
          .addJavadoc("""
                  The loss of the last forward.

                  @param y $L
                  @throws IllegalArgumentException if the length is another$L
                  @throws IllegalStateException before the first forward
                  """, targetInWords(target), target.classes() ? ", or a class is not one" : "")
          .addModifiers(Modifier.PUBLIC)
          .returns(scalar.type())
          .addParameter(target.type(), "y")
          .addStatement("int n = state.rows($S)", "loss")
          .addStatement(
              "$T.exactRows($S, n, $L.length, $L)", CHECK, "y", notNull("y"), target.width());
      if (target.classes()) {
        loss.addStatement("$T.labels(y, n, OUTPUTS)", CHECK);
      }
      type.addMethod(loss.addStatement("return takeLoss(y, n)").build());
      type.addMethod(MethodSpec.methodBuilder("takeLoss")
          .addModifiers(Modifier.PRIVATE)
          .returns(scalar.type())
          .addParameter(target.type(), "y")
          .addParameter(TypeName.INT, "n")
          .addStatement("state.takingLoss()")
          .addStatement(
              "double sum = $L(v.$L, n, y, 0, 0, $L, g.$L)",
              kernel(),
              names.field(plan.output()),
              scale(),
              names.field(Plan.gradientOf(plan.output())))
          .addStatement("state.lossTaken()")
          .addStatement("return $L", reduced())
          .build());
    }
    MethodSpec.Builder ofTensor =
        override("loss").returns(TypeName.DOUBLE).addParameter(TENSOR, "y");
    if (targets.isEmpty()) {
      type.addMethod(ofTensor.addStatement("throw $T.noLoss()", CHECK).build());
      return;
    }
    ofTensor.addStatement("int n = state.rows($S)", "loss");
    if (targets.get(0).classes()) {
      ofTensor
          .beginControlFlow("if ($L.dtype() == $T.INT64)", notNull("y"), DType.class)
          .addStatement("return loss($T.classIndices(y, n, OUTPUTS))", CHECK)
          .endControlFlow();
    }
    type.addMethod(ofTensor
        .addStatement(
            "$T.exactMatrix($S, y, $T.$L, n, OUTPUTS)", CHECK, "y", DType.class, scalar.dtype())
        .addStatement("return loss(y.$L())", scalar.toArray())
        .build());
  }

  void backward(TypeSpec.Builder type) {
    MethodSpec.Builder backward = override("backward");
    if (targets.isEmpty()) {
      backward.addStatement("throw $T.noLoss()", CHECK);
    } else {
      backward.addStatement("int n = state.backwardOfLoss()").addStatement("backpropagate(n)");
    }
    type.addMethod(backward.build());
  }

  // public float evaluate(float[] x, int n, int[] y) {
  //   ...
  //   double sum = 0;
  //   for (int from = 0; from < n; from += TILE) {
  //     int rows = Math.min(TILE, n - from);
  //     Rows.read(x, from, rows, INPUTS, e.input);
  //     network.forward(e, rows);
  //     sum = PlainKernels.crossEntropy(e.logits, rows, y, from, sum, 0f, ignored);
  //   }
  //   return (float) (sum / n);
  // }
  void evaluate(TypeSpec.Builder type) {
    if (!targets.isEmpty()) {
      type.addField(FieldSpec.builder(names.nested("Values"), "e", Modifier.PRIVATE, Modifier.FINAL)
          .addJavadoc("What evaluate computes, apart from what forward kept.\n")
          .initializer(storage.newValues("TILE", false))
          .build());
      type.addField(FieldSpec.builder(scalar.rows(), "ignored", Modifier.PRIVATE, Modifier.FINAL)
          .addJavadoc("The gradient that evaluate has no use for.\n")
          .initializer(
              "new $T[TILE][$L]", scalar.type(), PlainHelpers.padded(plan.spec().outputs()))
          .build());
    }
    for (Target target : targets) {
      MethodSpec.Builder evaluate = MethodSpec.methodBuilder("evaluate")
          .addJavadoc("""
                  The loss of the first n rows; nothing changes.

                  @param x at least n rows of {@link #INPUTS} values
                  @param n at least 1, perhaps above the capacity
                  @param y $L
                  @throws IllegalArgumentException if n is below 1, an array is shorter$L
                  """, targetInWords(target), target.classes() ? ", or a class is not one" : "")
          .addModifiers(Modifier.PUBLIC)
          .returns(scalar.type())
          .addParameter(scalar.array(), "x")
          .addParameter(TypeName.INT, "n")
          .addParameter(target.type(), "y");
      checkRows(evaluate, target);
      type.addMethod(evaluate
          .addStatement("double sum = 0")
          .beginControlFlow("for (int from = 0; from < n; from += TILE)")
          .addStatement("int rows = $T.min(TILE, n - from)", Math.class)
          .addStatement("$T.read(x, from, rows, INPUTS, e.$L)", ROWS, names.field(plan.input()))
          .addStatement("network.forward(e, rows)")
          .addStatement(
              "sum = $L(e.$L, rows, y, from, sum, $L, ignored)",
              kernel(),
              names.field(plan.output()),
              scalar.literal(0))
          .endControlFlow()
          .addStatement("return $L", reduced())
          .build());
    }
    type.addMethod(ofTensors("evaluate"));
  }

  // @Override
  // public double step(Tensor x, Tensor y) {
  //   int n = Check.matrix("x", x, DType.FLOAT32, INPUTS);
  //   if (Objects.requireNonNull(y, "y").dtype() == DType.INT64) {
  //     return step(x.toFloatArray(), n, Check.classIndices(y, n, OUTPUTS));
  //   }
  //   Check.exactMatrix("y", y, DType.FLOAT32, n, OUTPUTS);
  //   return step(x.toFloatArray(), n, y.toFloatArray());
  // }
  private MethodSpec ofTensors(String name) {
    MethodSpec.Builder method =
        override(name).returns(TypeName.DOUBLE).addParameter(TENSOR, "x").addParameter(TENSOR, "y");
    if (targets.isEmpty()) {
      return method.addStatement("throw $T.noLoss()", CHECK).build();
    }
    method.addStatement(
        "int n = $T.matrix($S, x, $T.$L, INPUTS)", CHECK, "x", DType.class, scalar.dtype());
    if (targets.get(0).classes()) {
      method
          .beginControlFlow("if ($L.dtype() == $T.INT64)", notNull("y"), DType.class)
          .addStatement(
              "return $L(x.$L(), n, $T.classIndices(y, n, OUTPUTS))", name, scalar.toArray(), CHECK)
          .endControlFlow();
    }
    return method
        .addStatement(
            "$T.exactMatrix($S, y, $T.$L, n, OUTPUTS)", CHECK, "y", DType.class, scalar.dtype())
        .addStatement("return $1L(x.$2L(), n, y.$2L())", name, scalar.toArray())
        .build();
  }

  private void checkRows(MethodSpec.Builder method, Target target) {
    method
        .addStatement("$T.atLeastRows($S, n, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        .addStatement(
            "$T.atLeastRows($S, n, $L.length, $L)", CHECK, "y", notNull("y"), target.width());
    if (target.classes()) {
      method.addStatement("$T.labels(y, n, OUTPUTS)", CHECK);
    }
  }

  private String kernel() {
    return family.className() + "." + Signatures.lossName(plan.loss().orElseThrow());
  }

  private static String targetInWords(Target target) {
    return target.classes()
        ? "the class of each row, from 0 to OUTPUTS - 1"
        : "a row of {@link #OUTPUTS} values for each row";
  }

  /** What the loss of a row counts in the whole. */
  private CodeBlock scale() {
    return switch (plan.spec().reduction()) {
      case MEAN ->
        CodeBlock.of(scalar == Scalar.FLOAT ? "(float) (1.0 / $L)" : "1.0 / $L", terms());
      case SUM -> scalar.literal(1);
    };
  }

  private CodeBlock reduced() {
    boolean cast = scalar == Scalar.FLOAT;
    return switch (plan.spec().reduction()) {
      case MEAN -> CodeBlock.of(cast ? "(float) (sum / $L)" : "sum / $L", terms());
      case SUM -> CodeBlock.of(cast ? "(float) sum" : "sum");
    };
  }

  /** How many losses the mean is over. */
  private CodeBlock terms() {
    boolean perRow = targets.get(0).classes();
    return perRow ? CodeBlock.of("n") : CodeBlock.of("((double) n * OUTPUTS)");
  }
}
