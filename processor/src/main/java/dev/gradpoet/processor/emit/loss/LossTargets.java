package dev.gradpoet.processor.emit.loss;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.Objective;
import dev.gradpoet.processor.graph.formula.LossOp;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;

/** What a network's loss takes as targets and how it is reduced, and what of it the runtime is told. */
public final class LossTargets {

  /** {@code int[]}: a class for each row. */
  public static final TypeName CLASSES = ArrayTypeName.of(TypeName.INT);

  /** A kind of target: class indices, or rows as wide as the output. */
  public record Target(TypeName type, boolean classes) {}

  private static final ClassName TARGETS = RuntimeTypes.training("Targets");

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

  private Objective objective() {
    return plan.network().objective();
  }

  private int ignoreIndex() {
    return plan.loss().orElseThrow().ignoreIndex();
  }

  private List<Target> targets(LossOp loss) {
    Target classes = new Target(CLASSES, true);
    Target dense = new Target(scalar.array(), false);
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

  private boolean takesClasses() {
    return !targets.isEmpty() && targets.get(0).classes();
  }

  /** The class that a {@code Trainer} extends. */
  public ClassName trainer() {
    ClassName base =
        RuntimeTypes.training(scalar == Scalar.FLOAT ? "FloatTrainerBase" : "DoubleTrainerBase");
    if (targets.isEmpty()) {
      return base;
    }
    return base.nestedClass(
        targets.size() > 1 ? "OfEither" : takesClasses() ? "OfClasses" : "OfValues");
  }

  // Targets.classes(INPUTS, OUTPUTS, Loss.CROSS_ENTROPY, Reduction.MEAN, -100)
  //
  // Targets.dense(INPUTS, OUTPUTS, Loss.MSE, Reduction.MEAN)
  //
  // Targets.none(INPUTS, OUTPUTS)
  /** What the runtime is told of the loss. */
  public CodeBlock ofRuntime() {
    if (targets.isEmpty()) {
      return CodeBlock.of("$T.none(INPUTS, OUTPUTS)", TARGETS);
    }
    CodeBlock declared = CodeBlock.of(
        "INPUTS, OUTPUTS, $T.$L, $T.$L",
        Loss.class,
        objective().loss(),
        Reduction.class,
        objective().reduction());
    return takesClasses()
        ? CodeBlock.of("$T.classes($L, $L)", TARGETS, declared, ignoreIndex())
        : CodeBlock.of("$T.dense($L)", TARGETS, declared);
  }

  /** Whether the sum of losses is divided by the weight of the classes. */
  public boolean isMeanOfClasses() {
    return takesClasses() && objective().reduction() == Reduction.MEAN;
  }

  /** How many values of a row the loss keeps. */
  public int valuesOfRow() {
    return (plan.hasTwoPassLoss() ? 2 : 0) + (objective().unreduced() ? plan.outputs() : 0);
  }

  /** What else the method of the loss is passed: scratch, and where each loss goes if it is kept for itself. */
  public String passedToo() {
    return (plan.hasTwoPassLoss() ? ", softmax" : "") + (objective().unreduced() ? ", losses" : "");
  }

  /** The method of the loss. */
  public String method() {
    return "Losses." + plan.loss().orElseThrow().name();
  }

  /** What the Javadoc says of a target. */
  public String describe(Target target) {
    if (!target.classes()) {
      return "a row of {@link #OUTPUTS} values for each row";
    }
    return "the class of each row, from 0 to OUTPUTS - 1, or " + ignoreIndex()
        + " to ignore the row";
  }
}
