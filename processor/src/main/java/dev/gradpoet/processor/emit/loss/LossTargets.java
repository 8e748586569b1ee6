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
import dev.gradpoet.processor.graph.formula.LossOp.ClassLoss;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.Optional;

/** The targets of a network's loss, and the arguments that pass the loss and its reduction to the runtime. */
public final class LossTargets {

  /** {@code int[]}: a class for each row. */
  public static final TypeName CLASSES = ArrayTypeName.of(TypeName.INT);

  /**
   * A kind of target: class indices, or rows as wide as the output.
   *
   * @param ofClasses the loss, if the target is class indices
   */
  public record Target(TypeName type, Optional<ClassLoss> ofClasses) {}

  private static final ClassName TARGETS = RuntimeTypes.training("Targets");

  private final Plan plan;
  private final Scalar scalar;
  private final List<Target> targets;
  private final Optional<ClassLoss> ofClasses;
  private final Optional<LossOp.Elementwise> elementwise;

  public LossTargets(Plan plan, Scalar scalar) {
    this.plan = plan;
    this.scalar = scalar;
    this.targets = plan.loss().map(this::targets).orElse(List.of());
    this.ofClasses =
        targets.stream().flatMap(target -> target.ofClasses().stream()).findFirst();
    this.elementwise = plan.loss().flatMap(LossTargets::elementwise);
  }

  private static Optional<LossOp.Elementwise> elementwise(LossOp loss) {
    return loss.match(new LossOp.Cases<>() {
      @Override
      public Optional<LossOp.Elementwise> elementwise(LossOp.Elementwise op) {
        return Optional.of(op);
      }

      @Override
      public Optional<LossOp.Elementwise> crossEntropy(LossOp.CrossEntropy op) {
        return Optional.empty();
      }

      @Override
      public Optional<LossOp.Elementwise> negativeLogLikelihood(LossOp.NegativeLogLikelihood op) {
        return Optional.empty();
      }
    });
  }

  /** The kinds of target that the loss accepts, class indices first; none without a loss. */
  public List<Target> all() {
    return targets;
  }

  private Objective objective() {
    return plan.network().objective();
  }

  private List<Target> targets(LossOp loss) {
    Target dense = new Target(scalar.array(), Optional.empty());
    return loss.match(new LossOp.Cases<>() {
      @Override
      public List<Target> elementwise(LossOp.Elementwise op) {
        return List.of(dense);
      }

      @Override
      public List<Target> crossEntropy(LossOp.CrossEntropy op) {
        return List.of(classes(op), dense);
      }

      @Override
      public List<Target> negativeLogLikelihood(LossOp.NegativeLogLikelihood op) {
        return List.of(classes(op));
      }

      private Target classes(ClassLoss op) {
        return new Target(CLASSES, Optional.of(op));
      }
    });
  }

  /** The superclass of {@code Trainer}. */
  public ClassName trainer() {
    if (!plan.network().hasOneDenseInput()) {
      return RuntimeTypes.inputs(scalar.prefix() + "InputsTrainer");
    }
    ClassName base = RuntimeTypes.training(scalar.prefix() + "TrainerBase");
    if (targets.isEmpty()) {
      return base;
    }
    return base.nestedClass(
        targets.size() > 1 ? "OfEither" : ofClasses.isPresent() ? "OfClasses" : "OfValues");
  }

  // Targets.classes(SampleShape.of(64), SampleShape.of(10), Loss.CROSS_ENTROPY, Reduction.MEAN,
  // -100)
  //
  // Targets.dense(SampleShape.of(64), SampleShape.of(10), Loss.MSE, Reduction.MEAN)
  //
  // Targets.none(SampleShape.of(64), SampleShape.of(10))
  //
  // Targets.none(SampleShape.of(10))       with other inputs than one dense one
  /** The expression that describes the loss to the runtime. */
  public CodeBlock ofRuntime() {
    CodeBlock output = RuntimeTypes.sampleShape(plan.network().last().shape());
    CodeBlock shapes = plan.network().hasOneDenseInput()
        ? CodeBlock.of(
            "$L, $L", RuntimeTypes.sampleShape(plan.network().inputs().get(0).shape()), output)
        : output;
    if (targets.isEmpty()) {
      return CodeBlock.of("$T.none($L)", TARGETS, shapes);
    }
    CodeBlock declared = CodeBlock.of(
        "$L, $T.$L, $T.$L",
        shapes,
        Loss.class,
        objective().loss(),
        Reduction.class,
        objective().reduction());
    return ofClasses
        .map(loss -> CodeBlock.of("$T.classes($L, $L)", TARGETS, declared, loss.ignoreIndex()))
        .orElseGet(() -> CodeBlock.of("$T.dense($L)", TARGETS, declared));
  }

  /** Whether a target may be class indices. */
  boolean takesClasses() {
    return ofClasses.isPresent();
  }

  /** The weights of the classes, if they are declared: an expression. */
  public Optional<String> declaredClassWeights() {
    return ofClasses
        .filter(loss -> !loss.classWeights().isEmpty())
        .map(loss -> "Losses." + LossWeights.CLASS_WEIGHTS);
  }

  /** The weights of positive targets, if they are declared: an expression. */
  public Optional<String> declaredPosWeights() {
    return elementwise
        .filter(loss -> !loss.posWeight().isEmpty())
        .map(loss -> "Losses." + LossWeights.POS_WEIGHT);
  }

  /** The qualified name of the method that takes weights of positive targets, if they are not declared but can be set. */
  public Optional<String> methodWithPosWeights() {
    return elementwise
        .flatMap(LossOp.Elementwise::withPosWeight)
        .map(loss -> "Losses." + loss.name());
  }

  /** The number of values that the loss stores for each row. */
  public int valuesOfRow() {
    return (plan.hasTwoPassLoss() ? 2 : 0) + (objective().unreduced() ? plan.outputs() : 0);
  }

  /** The additional arguments of the loss method: scratch, the weights of the classes, and the array for each loss if they are not reduced. */
  public String extraArguments() {
    return (plan.hasTwoPassLoss() ? ", softmax" : "")
        + (takesClasses() ? ", classWeights" : "")
        + (declaredPosWeights().isPresent() ? ", posWeights" : "")
        + (objective().unreduced() ? ", losses" : "");
  }

  /** The additional arguments of the method that takes weights of positive targets. */
  public String extraArgumentsWithPosWeights() {
    return ", posWeights" + (objective().unreduced() ? ", losses" : "");
  }

  /** The qualified name of the loss method. */
  public String method() {
    return "Losses." + plan.loss().orElseThrow().name();
  }

  /** The description of a target for Javadoc. */
  public String describe(Target target) {
    return describe(target, "{@link #OUTPUTS}");
  }

  /** The description, with the number of outputs as given. */
  public String describe(Target target, String outputs) {
    return target
        .ofClasses()
        .map(loss -> "the class of each row, from 0 to OUTPUTS - 1, or " + loss.ignoreIndex()
            + " to ignore the row")
        .orElse("a row of " + outputs + " values for each row");
  }
}
