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
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.graph.LossOp;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.validate.ValidLoss;
import java.util.Arrays;
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
    return loss.match(new LossOp.Cases<>() {
      @Override
      public List<Target> elementwise(LossOp.Elementwise op) {
        return List.of(dense);
      }

      @Override
      public List<Target> crossEntropy(LossOp.CrossEntropy op) {
        return List.of(classes, dense);
      }

      @Override
      public List<Target> negativeLogLikelihood(LossOp.NegativeLogLikelihood op) {
        return List.of(classes);
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
  //   Check.labels(y, n, OUTPUTS, -100);
  //   state.checkBatch(n);
  //   keepForward(x, n);
  //   float loss = takeLoss(y, n);
  //   d.zero();
  //   state.backward();
  //   propagate(n);
  //   descend();
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
          .addStatement("state.step()")
          .addStatement("return loss");
      type.addMethod(rows.build());
    }
    type.addMethod(ofTensors("step"));
  }

  // public float loss(int[] y) {
  //   int n = state.rows("loss");
  //   Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, 1);
  //   Check.labels(y, n, OUTPUTS, -100);
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
        loss.addStatement("$T.labels(y, n, OUTPUTS, $L)", CHECK, ignoreIndex());
      }
      type.addMethod(loss.addStatement("return takeLoss(y, n)").build());
      type.addMethod(takeLoss(target));
    }
    MethodSpec.Builder ofTensor =
        override("loss").returns(TypeName.DOUBLE).addParameter(TENSOR, "y");
    if (targets.isEmpty()) {
      type.addMethod(ofTensor.addStatement("throw $T.noLoss()", CHECK).build());
      return;
    }
    ofTensor.addStatement("int n = state.rows($S)", "loss");
    type.addMethod(dispatch(ofTensor, "loss", "").build());
  }

  // private float takeLoss(int[] y, int n) {
  //   state.takingLoss();
  //   double count = PlainKernels.classWeight(y, n);
  //   double sum = PlainKernels.crossEntropy(v.logits, n, y, 0, 0, (float) (1 / count), g.logits);
  //   state.lossTaken();
  //   return (float) (sum / count);
  // }
  private MethodSpec takeLoss(Target target) {
    MethodSpec.Builder method = MethodSpec.methodBuilder("takeLoss")
        .addModifiers(Modifier.PRIVATE)
        .returns(scalar.type())
        .addParameter(target.type(), "y")
        .addParameter(TypeName.INT, "n")
        .addStatement("state.takingLoss()");
    count(method, target);
    return method
        .addStatement(
            "double sum = $L(v.$L, n, y, 0, 0, $L, g.$L$L)",
            kernel(),
            names.field(plan.output()),
            isMean() ? narrowed("1 / count") : scalar.literal(1),
            names.field(Plan.gradientOf(plan.output())),
            loss().unreduced() ? ", losses" : "")
        .addStatement("state.lossTaken()")
        .addStatement("return $L", reduced())
        .build();
  }

  // if (Objects.requireNonNull(y, "y").dtype() == DType.INT64) {
  //   return step(x.toFloatArray(), n, Check.classIndices(y, n, OUTPUTS, -100));
  // }
  // Check.exactMatrix("y", y, DType.FLOAT32, n, OUTPUTS);
  // return step(x.toFloatArray(), n, y.toFloatArray());
  /** Hands a target tensor to the method on arrays that takes its kind. */
  private MethodSpec.Builder dispatch(MethodSpec.Builder method, String name, String before) {
    CodeBlock ofClasses = CodeBlock.of(
        "return $L($L$T.classIndices($L, n, OUTPUTS, $L))",
        name,
        before,
        CHECK,
        targets.size() == 1 ? notNull("y") : "y",
        ignoreIndex());
    if (targets.get(0).classes() && targets.size() == 1) {
      return method.addStatement(ofClasses);
    }
    if (targets.get(0).classes()) {
      method
          .beginControlFlow("if ($L.dtype() == $T.INT64)", notNull("y"), DType.class)
          .addStatement(ofClasses)
          .endControlFlow();
    }
    return method
        .addStatement(
            "$T.exactMatrix($S, y, $T.$L, n, OUTPUTS)", CHECK, "y", DType.class, scalar.dtype())
        .addStatement("return $L($Ly.$L())", name, before, scalar.toArray());
  }

  // @Override
  // public Tensor losses() {
  //   int n = state.losses();
  //   return Tensor.of(Arrays.copyOf(losses, n), n);
  // }
  void losses(TypeSpec.Builder type) {
    MethodSpec.Builder method = override("losses").returns(TENSOR);
    if (targets.isEmpty()) {
      type.addMethod(method.addStatement("throw $T.noLoss()", CHECK).build());
      return;
    }
    if (!loss().unreduced()) {
      type.addMethod(method
          .addStatement("throw $T.reduced($S)", CHECK, loss().reduction().name())
          .build());
      return;
    }
    type.addField(FieldSpec.builder(scalar.array(), "losses", Modifier.PRIVATE, Modifier.FINAL)
        .addJavadoc("Each loss of the last forward.\n")
        .build());
    boolean perRow = perRow();
    type.addMethod(method
        .addStatement("int n = state.losses()")
        .addStatement(
            perRow
                ? "return $T.of($T.copyOf(losses, n), n)"
                : "return $T.of($T.copyOf(losses, n * OUTPUTS), n, OUTPUTS)",
            TENSOR,
            Arrays.class)
        .build());
  }

  /** {@code this.losses = new float[capacity];}, where each loss is kept. */
  void construct(MethodSpec.Builder constructor) {
    if (!targets.isEmpty() && loss().unreduced()) {
      constructor.addStatement("this.losses = new $T[$L]", scalar.type(), lossesOf("capacity"));
    }
  }

  private CodeBlock lossesOf(String rows) {
    return perRow()
        ? CodeBlock.of(rows)
        : CodeBlock.of("$T.multiplyExact($L, OUTPUTS)", Math.class, rows);
  }

  /** Whether a row has one loss; else each of its values has one. */
  private boolean perRow() {
    return targets.get(0).classes();
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
      if (loss().unreduced()) {
        type.addField(
            FieldSpec.builder(scalar.array(), "ignoredLosses", Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("The losses that evaluate has no use for.\n")
                .initializer("new $T[$L]", scalar.type(), lossesOf("TILE"))
                .build());
      }
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
      count(evaluate, target);
      type.addMethod(evaluate
          .addStatement("double sum = 0")
          .beginControlFlow("for (int from = 0; from < n; from += TILE)")
          .addStatement("int rows = $T.min(TILE, n - from)", Math.class)
          .addStatement("$T.read(x, from, rows, INPUTS, e.$L)", ROWS, names.field(plan.input()))
          .addStatement("network.forward(e, rows)")
          .addStatement(
              "sum = $L(e.$L, rows, y, from, sum, $L, ignored$L)",
              kernel(),
              names.field(plan.output()),
              scalar.literal(0),
              loss().unreduced() ? ", ignoredLosses" : "")
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
  //     return step(x.toFloatArray(), n, Check.classIndices(y, n, OUTPUTS, -100));
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
    return dispatch(method, name, "x." + scalar.toArray() + "(), n, ").build();
  }

  private void checkRows(MethodSpec.Builder method, Target target) {
    method
        .addStatement("$T.atLeastRows($S, n, $L.length, INPUTS)", CHECK, "x", notNull("x"))
        .addStatement(
            "$T.atLeastRows($S, n, $L.length, $L)", CHECK, "y", notNull("y"), target.width());
    if (target.classes()) {
      method.addStatement("$T.labels(y, n, OUTPUTS, $L)", CHECK, ignoreIndex());
    }
  }

  private String kernel() {
    return family.className() + "." + plan.loss().orElseThrow().name();
  }

  private ValidLoss loss() {
    return plan.spec().loss();
  }

  private int ignoreIndex() {
    return loss().ignoreIndex();
  }

  private String targetInWords(Target target) {
    if (!target.classes()) {
      return "a row of {@link #OUTPUTS} values for each row";
    }
    return "the class of each row, from 0 to OUTPUTS - 1, or " + ignoreIndex()
        + " to leave the row out";
  }

  private boolean isMean() {
    return switch (loss().reduction()) {
      case MEAN, BATCH_MEAN -> true;
      case SUM, NONE -> false;
    };
  }

  /** {@code double count = n;}: by what a mean divides. */
  private void count(MethodSpec.Builder method, Target target) {
    if (!isMean()) {
      return;
    }
    if (target.classes()) {
      method.addStatement("double count = $L.classWeight(y, n)", family.className());
    } else if (perRow() || loss().reduction() == Reduction.BATCH_MEAN) {
      method.addStatement("double count = n");
    } else {
      method.addStatement("double count = (double) n * OUTPUTS");
    }
  }

  private CodeBlock reduced() {
    return narrowed(isMean() ? "sum / count" : "sum");
  }

  /** A double expression as the network's type. */
  private CodeBlock narrowed(String value) {
    if (scalar == Scalar.DOUBLE) {
      return CodeBlock.of(value);
    }
    return CodeBlock.of(value.contains(" ") ? "(float) ($L)" : "(float) $L", value);
  }
}
