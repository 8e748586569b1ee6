package dev.gradpoet.processor.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.SpecBuilder;
import org.junit.jupiter.api.Test;

class DifferentiationTest {

  @Test
  void theBackwardPassVisitsTheLayersInReverseAndSeparatesTheGradientOfTheInput() {
    DifferentiatedGraph graph =
        differentiate(SpecBuilder.inputs(4).linear("hidden", 3, Activation.RELU).linear("out", 2));

    assertThat(graph.toParameters())
        .extracting(DifferentiationTest::describe)
        .containsExactly(
            "dhidden = out",
            "weight out",
            "bias out",
            "relu' hidden",
            "weight hidden",
            "bias hidden");
    assertThat(graph.toInput())
        .extracting(DifferentiationTest::describe)
        .containsExactly("dinput = hidden");
  }

  @Test
  void contributionsToAValueAccumulateAfterTheFirst() {
    DifferentiatedGraph graph = differentiate(
        SpecBuilder.inputs(4).linear("a", 4).linear("b", 4).add("sum", "a", "b", "a"));

    assertThat(graph.toParameters())
        .extracting(DifferentiationTest::describe)
        .containsExactly(
            "da = sum",
            "db = sum",
            "da += sum",
            "da += b",
            "weight b",
            "bias b",
            "weight a",
            "bias a");
  }

  @Test
  void theGradientOfEachOperandOfAProductReadsTheOthers() {
    DifferentiatedGraph graph = differentiate(
        SpecBuilder.inputs(4).linear("a", 4).mul("gated", Activation.TANH, "a", "input", "a"));

    assertThat(graph.toParameters())
        .extracting(DifferentiationTest::describe)
        .containsExactly("tanh' gated", "da = gated", "da += gated", "weight a", "bias a");
    assertThat(graph.toInput())
        .extracting(DifferentiationTest::describe)
        .containsExactly("dinput = gated", "dinput += a");
  }

  @Test
  void eachOperandOfAConcatGetsItsSlice() {
    DifferentiatedGraph graph = differentiate(SpecBuilder.inputs(4)
        .linear("a", 2)
        .linear("b", "input", 3)
        .concat("both", "a", "input", "b")
        .linear("out", 1));

    assertThat(graph.toParameters())
        .filteredOn(GradientOp.ThroughConcat.class::isInstance)
        .extracting(op -> ((GradientOp.ThroughConcat) op).op().offset(operand(op)))
        .containsExactly(0, 6);
    assertThat(graph.toInput())
        .extracting(DifferentiationTest::describe)
        .containsExactly("dinput = both", "dinput += b", "dinput += a");
  }

  @Test
  void aNormIsDifferentiatedBeforeItsWeightChanges() {
    DifferentiatedGraph graph = differentiate(SpecBuilder.inputs(4)
        .layerNorm("normed", "input", false)
        .linear("a", 4)
        .layerNorm("b", "a", true)
        .add("sum", "a", "b"));

    assertThat(graph.toParameters())
        .extracting(DifferentiationTest::describe)
        .containsExactly("da = sum", "db = sum", "da += b", "affine b", "weight a", "bias a");
    assertThat(graph.toInput())
        .extracting(DifferentiationTest::describe)
        .containsExactly("dnormed = a", "dinput = normed");
  }

  @Test
  void aPReluIsDifferentiatedBeforeItsSlopesChange() {
    DifferentiatedGraph graph = differentiate(
        SpecBuilder.inputs(4).prelu("first", "input", true).linear("a", 4).prelu("b", "a", false));

    assertThat(graph.toParameters())
        .extracting(DifferentiationTest::describe)
        .containsExactly("da = b", "slope b", "dfirst = a", "weight a", "bias a", "slope first");
    assertThat(graph.toInput())
        .extracting(DifferentiationTest::describe)
        .containsExactly("dinput = first");
  }

  @Test
  void aBatchNormIsDifferentiatedLikeALayerNorm() {
    DifferentiatedGraph graph = differentiate(SpecBuilder.inputs(4)
        .batchNorm("normed", "input", false, Activation.IDENTITY)
        .linear("a", 4)
        .batchNorm("b", "a", true, Activation.TANH));

    assertThat(graph.toParameters())
        .extracting(DifferentiationTest::describe)
        .containsExactly("tanh' b", "da = b", "affine b", "weight a", "bias a");
    assertThat(graph.toInput())
        .extracting(DifferentiationTest::describe)
        .containsExactly("dnormed = a", "dinput = normed");
  }

  @Test
  void theGradientPassesThroughAnActivationToAValueThatOthersRead() {
    DifferentiatedGraph graph = differentiate(SpecBuilder.inputs(4)
        .linear("a", 4)
        .activate("act", "a", Activation.GELU)
        .add("sum", "a", "act"));

    assertThat(graph.toParameters())
        .extracting(DifferentiationTest::describe)
        .containsExactly("da = sum", "dact = sum", "gelu' act", "da += act", "weight a", "bias a");
  }

  @Test
  void valuesWithoutParametersAreDifferentiatedOnlyForTheInput() {
    DifferentiatedGraph graph = differentiate(
        SpecBuilder.inputs(4).add("twice", Activation.TANH, "input", "input").linear("out", 2));

    assertThat(graph.toParameters())
        .extracting(DifferentiationTest::describe)
        .containsExactly("weight out", "bias out");
    assertThat(graph.toInput())
        .extracting(DifferentiationTest::describe)
        .containsExactly("dtwice = out", "tanh' twice", "dinput = twice", "dinput += twice");
  }

  @Test
  void theGradientPassesThroughADropoutToWhatItReads() {
    DifferentiatedGraph graph = differentiate(SpecBuilder.inputs(4)
        .linear("hidden", 3)
        .dropout("drop", 0.5, Activation.RELU)
        .linear("out", 2));

    assertThat(graph.toParameters())
        .extracting(DifferentiationTest::describe)
        .containsExactly(
            "ddrop = out",
            "weight out",
            "bias out",
            "relu' drop",
            "dhidden = drop",
            "weight hidden",
            "bias hidden");
  }

  @Test
  void anEmbeddingHasTheGradientOfItsWeightAlone() {
    DifferentiatedGraph graph = differentiate(SpecBuilder.several()
        .dense("numbers", 3)
        .indices("categories", 2, 7)
        .embedding("embedded", "categories", 4, Activation.TANH)
        .flatten("flat", "embedded", Activation.IDENTITY)
        .concat("all", "numbers", "flat")
        .linear("out", 2));

    assertThat(graph.toParameters())
        .extracting(DifferentiationTest::describe)
        .containsExactly(
            "dall = out",
            "weight out",
            "bias out",
            "dembedded = all",
            "tanh' embedded",
            "table embedded");
    assertThat(graph.toInput())
        .extracting(DifferentiationTest::describe)
        .containsExactly("dnumbers = all");
  }

  private static int operand(GradientOp op) {
    return ((GradientOp.ThroughConcat) op).operand();
  }

  private static DifferentiatedGraph differentiate(SpecBuilder spec) {
    return Differentiation.differentiate(GraphBuilder.build(spec.build()));
  }

  private static String describe(GradientOp op) {
    return op.match(new GradientOp.Cases<>() {
      @Override
      public String weight(GradientOp.Weight op) {
        return "weight " + op.op().output().layer();
      }

      @Override
      public String bias(GradientOp.Bias op) {
        return "bias " + op.op().output().layer();
      }

      @Override
      public String throughLinear(GradientOp.ThroughLinear op) {
        return contribution(op);
      }

      @Override
      public String kernel(GradientOp.Kernel op) {
        return "kernel " + op.op().output().layer();
      }

      @Override
      public String throughConvolution(GradientOp.ThroughConvolution op) {
        return contribution(op);
      }

      @Override
      public String throughAdd(GradientOp.ThroughAdd op) {
        return contribution(op);
      }

      @Override
      public String throughMul(GradientOp.ThroughMul op) {
        return contribution(op);
      }

      @Override
      public String throughConcat(GradientOp.ThroughConcat op) {
        return contribution(op);
      }

      @Override
      public String affine(GradientOp.Affine op) {
        return "affine " + op.op().output().layer();
      }

      @Override
      public String throughLayerNorm(GradientOp.ThroughLayerNorm op) {
        return contribution(op);
      }

      @Override
      public String throughNormalization(GradientOp.ThroughNormalization op) {
        return contribution(op);
      }

      @Override
      public String throughBatchNorm(GradientOp.ThroughBatchNorm op) {
        return contribution(op);
      }

      @Override
      public String throughDropout(GradientOp.ThroughDropout op) {
        return contribution(op);
      }

      @Override
      public String slope(GradientOp.Slope op) {
        return "slope " + op.op().output().layer();
      }

      @Override
      public String throughPRelu(GradientOp.ThroughPRelu op) {
        return contribution(op);
      }

      @Override
      public String throughIdentity(GradientOp.ThroughIdentity op) {
        return contribution(op);
      }

      @Override
      public String throughReshape(GradientOp.ThroughReshape op) {
        return contribution(op);
      }

      @Override
      public String throughWindow(GradientOp.ThroughWindow op) {
        return contribution(op);
      }

      @Override
      public String table(GradientOp.Table op) {
        return "table " + op.op().output().layer();
      }

      @Override
      public String throughActivation(GradientOp.ThroughActivation op) {
        return op.op().function().name() + "' " + op.op().output().layer();
      }
    });
  }

  private static String contribution(GradientOp.Contribution op) {
    return "d" + op.target().layer() + (op.first() ? " = " : " += ")
        + op.source().layer();
  }
}
