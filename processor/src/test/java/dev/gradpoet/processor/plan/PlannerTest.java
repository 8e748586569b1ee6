package dev.gradpoet.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.SpecBuilder;
import dev.gradpoet.processor.graph.Differentiation;
import dev.gradpoet.processor.graph.GraphBuilder;
import dev.gradpoet.processor.graph.formula.Norms;
import dev.gradpoet.processor.plan.Parameter.Layout;
import dev.gradpoet.processor.validate.ValidSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {

  @Test
  void anActivationIsFusedIntoTheProductAndItsDerivativeIntoTheGradient() {
    Plan plan =
        plan(SpecBuilder.inputs(64).linear("hidden", 32, Activation.RELU).linear("out", 10));

    assertThat(plan.forward()).hasSize(2);
    assertThat(((ForwardKernel.Linear) plan.forward().get(0)).epilogue()).isPresent();
    assertThat(plan.backward()).noneMatch(BackwardKernel.ActivationGradient.class::isInstance);
    assertThat(plan.backward())
        .filteredOn(BackwardKernel.LinearGradient.class::isInstance)
        .singleElement()
        .satisfies(
            k -> assertThat(((BackwardKernel.LinearGradient) k).derivative()).isPresent());
  }

  @Test
  void theDerivativeWaitsForTheLastContribution() {
    Plan plan = plan(
        SpecBuilder.inputs(8).linear("a", 8, Activation.TANH).linear("b", 8).add("sum", "a", "b"));

    assertThat(plan.backward())
        .filteredOn(k -> k.writes().filter(w -> w.layer().equals("a")).isPresent())
        .satisfiesExactly(
            first ->
                assertThat(((BackwardKernel.AddGradient) first).derivative()).isEmpty(),
            last ->
                assertThat(((BackwardKernel.LinearGradient) last).derivative()).isPresent());
  }

  @Test
  void theActivationOfTheOutputHasAKernelOfItsOwnOnTheWayBack() {
    Plan plan = plan(SpecBuilder.inputs(3).linear("out", 2, Activation.SIGMOID));

    assertThat(plan.backward().get(0)).isInstanceOf(BackwardKernel.ActivationGradient.class);
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
        .filteredOn(BackwardKernel.Transpose.class::isInstance)
        .extracting(Kernel::layer)
        .containsExactly("b");
    assertThat(plan.inputGradient())
        .filteredOn(BackwardKernel.Transpose.class::isInstance)
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
    Buffer normalized = new Buffer(Buffer.Role.NORMALIZED, "b", 8);
    Buffer scale = new Buffer(Buffer.Role.SCALE, "b", 1);

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

  private static Buffer value(String layer, int width) {
    return new Buffer(Buffer.Role.OUTPUT, layer, width);
  }

  static Plan plan(SpecBuilder builder) {
    ValidSpec spec = builder.build();
    return Planner.plan(Differentiation.differentiate(GraphBuilder.build(spec)));
  }
}
