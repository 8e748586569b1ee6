package dev.gradpoet.processor.plan.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.SpecBuilder;
import dev.gradpoet.processor.graph.Differentiation;
import dev.gradpoet.processor.graph.GraphBuilder;
import dev.gradpoet.processor.graph.formula.Norms;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Derivative;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.MergeKernels;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Parameter.Layout;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.Requirement;
import dev.gradpoet.processor.plan.Statistic;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {

  @Test
  void anActivationIsFusedIntoTheProductAndItsDerivativeIntoTheGradient() {
    Plan plan =
        plan(SpecBuilder.inputs(64).linear("hidden", 32, Activation.RELU).linear("out", 10));

    assertThat(plan.training()).hasSize(2);
    assertThat(((LinearKernels.Linear) plan.training().get(0)).epilogue()).isPresent();
    assertThat(plan.backward()).noneMatch(ElementKernels.ActivationGradient.class::isInstance);
    assertThat(plan.backward())
        .filteredOn(LinearKernels.LinearGradient.class::isInstance)
        .singleElement()
        .satisfies(
            k -> assertThat(((LinearKernels.LinearGradient) k).derivative()).isPresent());
  }

  @Test
  void theDerivativeWaitsForTheLastContribution() {
    Plan plan = plan(
        SpecBuilder.inputs(8).linear("a", 8, Activation.TANH).linear("b", 8).add("sum", "a", "b"));

    assertThat(plan.backward())
        .filteredOn(k -> k.writes().filter(w -> w.layer().equals("a")).isPresent())
        .satisfiesExactly(
            first -> assertThat(((MergeKernels.AddGradient) first).derivative()).isEmpty(),
            last ->
                assertThat(((LinearKernels.LinearGradient) last).derivative()).isPresent());
  }

  @Test
  void theGradientOfAnOperandOfAProductReadsTheOtherOperands() {
    Plan plan = plan(SpecBuilder.inputs(8)
        .linear("a", 8)
        .linear("b", 8)
        .mul("gated", Activation.IDENTITY, "a", "b", "a"));

    Buffer dy = Plan.gradientOf(value("gated", 8));
    assertThat(Kernel.ofKind(plan.backward(), MergeKernels.MulGradient.class))
        .extracting(MergeKernels.MulGradient::reads)
        .containsExactly(
            List.of(dy, value("b", 8), value("a", 8)),
            List.of(value("a", 8), dy, value("a", 8)),
            List.of(value("a", 8), value("b", 8), dy));
  }

  @Test
  void theActivationOfTheOutputHasAKernelOfItsOwnOnTheWayBack() {
    Plan plan = plan(SpecBuilder.inputs(3).linear("out", 2, Activation.SIGMOID));

    assertThat(plan.backward().get(0)).isInstanceOf(ElementKernels.ActivationGradient.class);
  }

  @Test
  void narrowLayersAreStoredByOutputAndWideOnesByInput() {
    Plan plan = plan(SpecBuilder.inputs(64).linear("wide", 32).linear("narrow", 1));

    assertThat(plan.matrices())
        .extracting(Parameter::layout)
        .containsExactly(Layout.BY_INPUT, Layout.BY_OUTPUT);
  }

  @Test
  void aWeightIsTransposedOnlyWhereItsLayoutDoesNotServeTheWayBack() {
    Plan plan = plan(SpecBuilder.inputs(8).linear("a", 64).linear("b", 32).linear("c", 1));

    assertThat(plan.backward())
        .filteredOn(LinearKernels.Transpose.class::isInstance)
        .extracting(Kernel::layer)
        .containsExactly("b");
    assertThat(plan.inputGradient())
        .filteredOn(LinearKernels.Transpose.class::isInstance)
        .extracting(Kernel::layer)
        .containsExactly("a");
  }

  @Test
  void inInferenceALayerTakesOverTheRowsOfOneThatNothingReadsAnyMore() {
    Plan plan = plan(SpecBuilder.inputs(8)
        .linear("a", 8)
        .linear("b", 8)
        .linear("c", 8)
        .linear("d", 8)
        .linear("out", 2));

    assertThat(plan.sharedValues())
        .isEqualTo(Map.of(value("c", 8), value("a", 8), value("d", 8), value("b", 8)));
  }

  @Test
  void rowsAreNotTakenOverWhileAResidualConnectionStillReadsThem() {
    Plan plan = plan(SpecBuilder.inputs(8)
        .linear("a", 8)
        .linear("b", 8)
        .linear("c", 8)
        .add("sum", "a", "c")
        .linear("out", 2));

    assertThat(plan.sharedValues()).isEqualTo(Map.of(value("sum", 8), value("b", 8)));
  }

  @Test
  void aDropoutIsAKernelOfTrainingAloneAndItsRowsAreThoseOfWhatItReads() {
    Plan plan = plan(SpecBuilder.inputs(8)
        .dropout("first", 0.5, Activation.IDENTITY)
        .linear("a", 8)
        .dropout("second", 0.2, Activation.IDENTITY)
        .dropout("third", 0.1, Activation.IDENTITY)
        .linear("b", 8)
        .linear("c", 8)
        .linear("out", 2));

    assertThat(plan.training())
        .extracting(Kernel::layer)
        .containsExactly("first", "a", "second", "third", "b", "c", "out");
    assertThat(plan.inference()).extracting(Kernel::layer).containsExactly("a", "b", "c", "out");
    assertThat(plan.sharedValues())
        .isEqualTo(Map.of(
            value("first", 8), value("input", 8),
            value("second", 8), value("a", 8),
            value("third", 8), value("a", 8),
            value("c", 8), value("a", 8)));
    assertThat(plan.isGiven(value("first", 8))).isTrue();
    assertThat(plan.values()).contains(new Buffer(Buffer.Role.MASK, "first", 1, 8));
    assertThat(plan.inferenceValues())
        .contains(value("third", 8))
        .doesNotContain(value("second", 8), new Buffer(Buffer.Role.MASK, "first", 1, 8));
  }

  @Test
  void inInferenceADropoutAppliesItsActivationAlone() {
    Plan plan = plan(SpecBuilder.inputs(8)
        .linear("a", 8)
        .dropout("relu", 0.5, Activation.RELU)
        .dropout("gelu", 0.5, Activation.GELU)
        .linear("out", 2));

    assertThat(plan.inference())
        .filteredOn(ElementKernels.Activation.class::isInstance)
        .extracting(kernel -> ((ElementKernels.Activation) kernel).input())
        .containsExactly(value("a", 8), value("relu", 8));
    assertThat(plan.inferenceValues())
        .doesNotContain(new Buffer(Buffer.Role.BEFORE_ACTIVATION, "gelu", 1, 8));
    assertThat(plan.hasTwoPasses()).isTrue();
  }

  @Test
  void anActivationAloneKeepsNothingThatIsThereAlready() {
    Plan plan = plan(SpecBuilder.inputs(8)
        .linear("a", 8)
        .activate("gelu", "a", Activation.GELU)
        .activate("tanh", "gelu", Activation.TANH)
        .activate("same", "tanh", Activation.IDENTITY)
        .linear("out", 2));

    assertThat(plan.values())
        .containsExactly(
            value("input", 8), value("a", 8), value("gelu", 8), value("tanh", 8), value("out", 2));
    assertThat(Kernel.ofKind(plan.training(), ElementKernels.Activation.class))
        .extracting(ElementKernels.Activation::input, ForwardKernel::output)
        .containsExactly(
            tuple(value("a", 8), value("gelu", 8)), tuple(value("gelu", 8), value("tanh", 8)));
    assertThat(plan.backward().stream().flatMap(kernel -> kernel.derivative().stream()))
        .extracting(Derivative::kept)
        .containsExactly(value("tanh", 8), value("a", 8));
    assertThat(plan.hasTwoPasses()).isFalse();
  }

  @Test
  void aPReluHasOneSlopeOrOneForEachValue() {
    Plan plan = plan(
        SpecBuilder.inputs(8).linear("a", 8).prelu("one", "a", false).prelu("each", "one", true));

    assertThat(plan.parameters())
        .filteredOn(parameter -> parameter.initial() == Parameter.Initial.SLOPE)
        .extracting(Parameter::layer, Parameter::name, Parameter::count)
        .containsExactly(tuple("one", "weight", 1), tuple("each", "weight", 8));
    assertThat(Kernel.ofKind(plan.backward(), ElementKernels.SlopeGradient.class))
        .extracting(kernel -> kernel.scratch().getAsInt())
        .containsExactly(8, 8);
  }

  @Test
  void withoutDropoutTheTwoPassesAreOne() {
    Plan plan = plan(SpecBuilder.inputs(4).linear("out", 2));

    assertThat(plan.hasTwoPasses()).isFalse();
    assertThat(plan.forwardKernels()).isEqualTo(plan.training());
  }

  @Test
  void gradientsThatTheInputGradientNeedsKeepTheirRows() {
    Plan plan = plan(SpecBuilder.inputs(8)
        .linear("a", 8)
        .linear("b", 8)
        .linear("c", 8)
        .linear("d", 8)
        .linear("out", 8));

    Buffer first = Plan.gradientOf(value("a", 8));
    assertThat(plan.sharedGradients()).doesNotContainKey(first).doesNotContainValue(first);
    assertThat(plan.sharedGradients()).isNotEmpty();
  }

  @Test
  void whatANormKeepsForTheGradientsHasRowsOfItsOwn() {
    Plan plan = plan(SpecBuilder.inputs(8)
        .linear("a", 8)
        .layerNorm("b", "a", true)
        .linear("c", 8)
        .linear("out", 8));
    Buffer normalized = new Buffer(Buffer.Role.NORMALIZED, "b", 1, 8);
    Buffer scale = new Buffer(Buffer.Role.SCALE, "b", 1, 1);

    assertThat(plan.values()).endsWith(normalized, scale);
    assertThat(plan.sharedValues())
        .isEqualTo(Map.of(value("c", 8), value("a", 8)))
        .doesNotContainKeys(normalized, scale);
    assertThat(plan.parameters("b"))
        .extracting(Parameter::name, Parameter::initial)
        .containsExactly(
            tuple("weight", Parameter.Initial.ONES), tuple("bias", Parameter.Initial.ZEROS));
    assertThat(plan.backward())
        .filteredOn(kernel -> kernel.reads().contains(normalized))
        .extracting(Kernel::requires)
        .containsExactly(
            List.of(new Requirement.Program(Norms.layerNormGradient(true, true))), List.of());
  }

  @Test
  void aBatchNormTakesTheStatisticsOfTheBatchInTrainingAndTheRunningOnesInInference() {
    Plan plan = plan(SpecBuilder.inputs(8)
        .linear("a", 8)
        .batchNorm("b", "a", true, Activation.RELU)
        .linear("out", 8));
    Buffer normalized = new Buffer(Buffer.Role.NORMALIZED, "b", 1, 8);
    Buffer kept = new Buffer(Buffer.Role.STATISTICS, "b", 1, 8);

    assertThat(plan.training().get(1)).isInstanceOf(NormKernels.BatchNorm.class);
    assertThat(plan.inference().get(1)).isInstanceOf(NormKernels.RunningNorm.class);
    assertThat(plan.values()).endsWith(normalized, kept);
    assertThat(plan.inferenceValues()).doesNotContain(normalized, kept);
    assertThat(plan.parameters("b")).extracting(Parameter::name).containsExactly("weight", "bias");
    assertThat(plan.statistics())
        .extracting(Statistic::name, Statistic::kind, Statistic::size)
        .containsExactly(
            tuple("running_mean", Statistic.Kind.ZEROS, 8),
            tuple("running_var", Statistic.Kind.ONES, 8),
            tuple("num_batches_tracked", Statistic.Kind.COUNT, 1));
  }

  private static Buffer value(String layer, int width) {
    return new Buffer(Buffer.Role.OUTPUT, layer, 1, width);
  }

  static Plan plan(SpecBuilder builder) {
    ValidSpec spec = builder.build();
    return Planner.plan(Differentiation.differentiate(GraphBuilder.build(spec)));
  }
}
