package dev.gradpoet.processor.emit.loss;

import static dev.gradpoet.processor.emit.code.CommonCode.notNull;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.Objective;
import dev.gradpoet.processor.graph.formula.LossOp;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;

/** What a network's loss is told and how it is reduced: the pieces of code that the moves of a trainer share. */
public final class LossTargets {

  /** A kind of target: class indices, or rows as wide as the output. */
  public record Target(TypeName type, CodeBlock width, boolean classes) {}

  private static final ClassName TARGETS = RuntimeTypes.support("Targets");

  private final Plan plan;
  private final Scalar scalar;
  private final List<Target> targets;

  public LossTargets(Plan plan, Scalar scalar) {
    this.plan = plan;
    this.scalar = scalar;
    this.targets = plan.loss().map(this::targets).orElse(List.of());
  }

  /** The kinds of target that the loss takes, class indices first; none without a loss. */
  public List<Target> all() {
    return targets;
  }

  /** The loss and how it is reduced. */
  public Objective objective() {
    return plan.network().objective();
  }

  /** Whether a row has one loss; else each of its values has one. */
  public boolean perRow() {
    return targets.get(0).classes();
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

  /** Checks a target of exactly n rows. */
  public void checkExact(MethodSpec.Builder method, Target target) {
    if (besideClasses(target)) {
      method.addStatement("$T.exactDense(n, $L.length, OUTPUTS)", CHECK, notNull("y"));
    } else {
      method.addStatement(
          "$T.exactRows($S, n, $L.length, $L)", CHECK, "y", notNull("y"), target.width());
    }
  }

  // Targets.classes(x, INPUTS, y)
  //
  // Targets.dense(x, INPUTS, y, OUTPUTS)
  /** The number of rows of arrays, which is checked. */
  public CodeBlock rows(Target target) {
    if (target.classes()) {
      return CodeBlock.of("$T.classes(x, INPUTS, y)", TARGETS);
    }
    String kinds = besideClasses(target) ? "denseOrClasses" : "dense";
    return CodeBlock.of("$T.$L(x, INPUTS, y, OUTPUTS)", TARGETS, kinds);
  }

  /** Whether a target is dense where class indices are taken, too, so that one may be meant where the other is passed. */
  private boolean besideClasses(Target target) {
    return !target.classes() && perRow();
  }

  /** Checks arrays of at least n rows. */
  public void checkRows(MethodSpec.Builder method, Target target) {
    method.addStatement("$T.atLeastRows($S, n, $L.length, INPUTS)", CHECK, "x", notNull("x"));
    if (besideClasses(target)) {
      method.addStatement("$T.atLeastDense(n, $L.length, OUTPUTS)", CHECK, notNull("y"));
    } else if (!target.classes()) {
      method.addStatement("$T.atLeastRows($S, n, $L.length, OUTPUTS)", CHECK, "y", notNull("y"));
    }
    checkValues(method, target);
  }

  // Check.labels(y, n, OUTPUTS, -100);
  // Check.probabilities(y, n * OUTPUTS, OUTPUTS);       for BCE
  // Check.noDenseTargets(2);                            for a loss that ignores class 2
  /** Checks the values of n rows before anything is written. */
  public void checkValues(MethodSpec.Builder method, Target target) {
    if (target.classes()) {
      method.addStatement("$T.labels(y, n, OUTPUTS, $L)", CHECK, ignoreIndex());
    } else if (objective().loss() == Loss.BCE) {
      method.addStatement("$T.probabilities(y, n * OUTPUTS, OUTPUTS)", CHECK);
    } else if (objective().loss() == Loss.CROSS_ENTROPY && ignoreIndex() >= 0) {
      method.addStatement("$T.noDenseTargets($L)", CHECK, ignoreIndex());
    }
  }

  // if (Objects.requireNonNull(y, "y").dtype() == DType.INT64) {
  //   return step(x.toFloatArray(), n, Check.classIndices(y, n, OUTPUTS, -100));
  // }
  // Check.exactDense(y, DType.FLOAT32, n, OUTPUTS);
  // return step(x.toFloatArray(), n, y.toFloatArray());
  /** Hands a target tensor to the method on arrays that takes its kind. */
  public MethodSpec.Builder dispatch(MethodSpec.Builder method, String name, String before) {
    if (targets.get(0).classes() && targets.size() == 1) {
      return method.addStatement(ofClasses(name, before));
    }
    if (targets.get(0).classes()) {
      method
          .beginControlFlow("if ($L.dtype() == $T.INT64)", notNull("y"), DType.class)
          .addStatement(ofClasses(name, before))
          .endControlFlow();
    }
    if (targets.size() > 1) {
      method.addStatement(
          "$T.exactDense(y, $T.$L, n, OUTPUTS)", CHECK, DType.class, scalar.dtype());
    } else {
      method.addStatement(
          "$T.exactMatrix($S, y, $T.$L, n, OUTPUTS)", CHECK, "y", DType.class, scalar.dtype());
    }
    return method.addStatement("return $L($Ly.$L())", name, before, scalar.toArray());
  }

  /** What else the method of the loss is passed: scratch, and where each loss goes if it is kept for itself. */
  public String passedToo(String losses) {
    return (plan.hasTwoPassLoss() ? ", softmax" : "")
        + (objective().unreduced() ? ", " + losses : "");
  }

  private CodeBlock ofClasses(String name, String before) {
    return CodeBlock.of(
        "return $L($L$T.classIndices($L, n, OUTPUTS, $L))",
        name,
        before,
        CHECK,
        "y",
        ignoreIndex());
  }

  /** The method of the loss. */
  public String method() {
    return "Losses." + plan.loss().orElseThrow().name();
  }

  /** The class whose rows count nothing. */
  public int ignoreIndex() {
    return plan.loss().orElseThrow().ignoreIndex();
  }

  /** What the Javadoc says of a target. */
  public String inWords(Target target) {
    if (!target.classes()) {
      return "a row of {@link #OUTPUTS} values for each row";
    }
    return "the class of each row, from 0 to OUTPUTS - 1, or " + ignoreIndex()
        + " to ignore the row";
  }

  /** Whether the sum of the losses is divided. */
  public boolean isMean() {
    return switch (objective().reduction()) {
      case MEAN, BATCH_MEAN -> true;
      case SUM, NONE -> false;
    };
  }

  /** {@code double count = n;}: by what a mean divides. */
  public void count(MethodSpec.Builder method, Target target) {
    if (!isMean()) {
      return;
    }
    if (target.classes()) {
      method.addStatement("double count = Losses.classWeight(y, n)");
    } else if (perRow() || objective().reduction() == Reduction.BATCH_MEAN) {
      method.addStatement("double count = n");
    } else {
      method.addStatement("double count = (double) n * OUTPUTS");
    }
  }

  /** The loss, from the sum of losses. */
  public CodeBlock reduced() {
    return narrowed(isMean() ? "sum / count" : "sum");
  }

  /** A double expression as the network's type. */
  public CodeBlock narrowed(String value) {
    if (scalar == Scalar.DOUBLE) {
      return CodeBlock.of(value);
    }
    return CodeBlock.of(value.contains(" ") ? "(float) ($L)" : "(float) $L", value);
  }
}
