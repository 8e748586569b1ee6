package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Activate;
import dev.gradpoet.Activation;
import dev.gradpoet.ActivationOptions;
import dev.gradpoet.Add;
import dev.gradpoet.LayerNorm;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.Mul;
import dev.gradpoet.Network;
import dev.gradpoet.PRelu;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How networks describe their layers. */
class LayersTest {

  @Network(input = 5)
  interface Normed {
    @LayerNorm(affine = false)
    Layer scaled();

    @Linear(out = 4)
    Layer hidden();

    @LayerNorm(eps = 1e-3, activation = Activation.RELU)
    Layer normed();
  }

  @Network(input = 3)
  interface Gated {
    @Linear(out = 3, activation = Activation.SIGMOID)
    Layer gate();

    @Mul(
        from = {"gate", "input", "input"},
        activation = Activation.RELU)
    Layer gated();
  }

  @Network(input = 5)
  interface Activated {
    @Activate(Activation.HARD_TANH)
    @ActivationOptions(maxVal = 2)
    Layer clipped();

    @Linear(out = 5)
    Layer hidden();

    @Activate(value = Activation.GELU_TANH, from = "clipped")
    Layer gelu();

    @Activate(value = Activation.IDENTITY, from = "clipped")
    Layer same();

    @Add(from = {"hidden", "gelu", "same"})
    Layer sum();
  }

  @Network(input = 3, loss = Loss.MSE)
  interface Sloped {
    @PRelu(perChannel = true)
    Layer each();

    @Linear(out = 2, bias = false)
    Layer hidden();

    @PRelu(activation = Activation.TANH)
    Layer one();
  }

  @TempDir
  private Path directory;

  private final LayersTest_NormedNetwork net = new LayersTest_NormedNetwork(42);

  @Test
  void aNormHasPyTorchsOptionsAndParameters() {
    assertThat(net.normed().type()).isEqualTo("LayerNorm");
    assertThat(net.normed().from()).containsExactly("hidden");
    assertThat(net.normed().shape()).containsExactly(4);
    assertThat(net.normed().activation()).isEqualTo(Activation.RELU);
    assertThat(net.normed().options())
        .hasToString("{normalized_shape=[4], eps=0.001, elementwise_affine=true}")
        .containsEntry("normalized_shape", List.of(4));
    assertThat(net.scaled().options())
        .hasToString("{normalized_shape=[5], eps=1.0E-5, elementwise_affine=false}");
    assertThat(net.scaled().parameters()).isEmpty();
    assertThat(net.normed().weight()).isEqualTo(Tensor.of(1f, 1, 1, 1));
    assertThat(net.normed().bias()).isEqualTo(Tensor.of(0f, 0, 0, 0));
    assertThat(net.parameters())
        .containsOnlyKeys("hidden.weight", "hidden.bias", "normed.weight", "normed.bias");
  }

  @Test
  void aProductReadsItsOperandsAndHasNoParameters() {
    LayersTest_GatedNetwork gated = new LayersTest_GatedNetwork(1);

    assertThat(gated.gated().type()).isEqualTo("Mul");
    assertThat(gated.gated().from()).containsExactly("gate", "input", "input");
    assertThat(gated.gated().shape()).containsExactly(3);
    assertThat(gated.gated().activation()).isEqualTo(Activation.RELU);
    assertThat(gated.gated().options()).isEmpty();
    assertThat(gated.gated().parameters()).isEmpty();
    assertThat(gated.summary().lines())
        .contains("├─Mul (gated): 1-2                       [1, 3]                    --");
    gated.gate().weight().copyFrom(new float[9]);
    gated.gate().bias().copyFrom(new float[3]);
    assertThat(gated.forward(new float[] {1, -2, 3})).containsExactly(0.5f, 2, 4.5f);
  }

  @Test
  void anActivationAloneIsALayerOfItsClass() {
    LayersTest_ActivatedNetwork activated = new LayersTest_ActivatedNetwork(1);

    assertThat(activated.clipped().type()).isEqualTo("Hardtanh");
    assertThat(activated.clipped().activation()).isEqualTo(Activation.HARD_TANH);
    assertThat(activated.clipped().options()).hasToString("{min_val=-1.0, max_val=2.0}");
    assertThat(activated.clipped().parameters()).isEmpty();
    assertThat(activated.gelu().type()).isEqualTo("GELU");
    assertThat(activated.gelu().from()).containsExactly("clipped");
    assertThat(activated.gelu().shape()).containsExactly(5);
    assertThat(activated.same().type()).isEqualTo("Identity");
    assertThat(activated.summary().lines())
        .contains(
            "├─Hardtanh (clipped): 1-1                [1, 5]                    --",
            "├─GELU (gelu): 1-3                       [1, 5]                    --",
            "├─Identity (same): 1-4                   [1, 5]                    --");
  }

  @Test
  void aRowIsActivatedAloneAsAmongOthers() {
    LayersTest_ActivatedNetwork activated = new LayersTest_ActivatedNetwork(1);
    float[] x = {-3, -0.5f, 0, 1, 4};
    float[] y = new float[5];

    activated.predictor().forward(x, y);

    assertThat(activated.forward(new float[][] {x, x})).isDeepEqualTo(new float[][] {y, y});
    activated.hidden().weight().copyFrom(new float[25]);
    activated.hidden().bias().copyFrom(new float[5]);
    assertThat(activated.forward(x)[2]).isZero();
    assertThat(activated.forward(x)[4]).isCloseTo(2 + 1.9545977f, within(1e-6f));
  }

  @Test
  void aPReluHasPyTorchsOptionsAndSlopes() {
    LayersTest_SlopedNetwork sloped = new LayersTest_SlopedNetwork(1);

    assertThat(sloped.each().type()).isEqualTo("PReLU");
    assertThat(sloped.each().options()).isEqualTo(Map.of("num_parameters", 3));
    assertThat(sloped.one().options()).isEqualTo(Map.of("num_parameters", 1));
    assertThat(sloped.one().from()).containsExactly("hidden");
    assertThat(sloped.one().shape()).containsExactly(2);
    assertThat(sloped.one().activation()).isEqualTo(Activation.TANH);
    assertThat(sloped.one().weight()).isEqualTo(Tensor.of(0.25f));
    assertThat(sloped.each().weight()).isEqualTo(Tensor.of(0.25f, 0.25f, 0.25f));
    assertThatThrownBy(sloped.one()::bias)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("layer \"one\" has no bias: it has only weight");
    assertThat(sloped.parameters()).containsOnlyKeys("each.weight", "hidden.weight", "one.weight");
    assertThat(sloped.summary().lines())
        .contains(
            "├─PReLU (each): 1-1                      [1, 3]                    3",
            "├─PReLU (one): 1-3                       [1, 2]                    1");
  }

  @Test
  void slopesAreTrainedSavedAndLoaded() throws IOException {
    LayersTest_SlopedNetwork sloped = new LayersTest_SlopedNetwork(1);
    LayersTest_SlopedNetwork.Trainer trainer = sloped.trainer(Adam.of(0.01), 2);
    float[] x = {1, -2, 3, -4, 5, -6};
    trainer.step(x, new float[] {1, 2, 3, 4});
    Path file = directory.resolve("sloped.safetensors");
    sloped.save(file);
    LayersTest_SlopedNetwork loaded = new LayersTest_SlopedNetwork(2);
    loaded.load(file);

    assertThat(sloped.each().weight()).isNotEqualTo(Tensor.of(0.25f, 0.25f, 0.25f));
    assertThat(sloped.one().weight()).isNotEqualTo(Tensor.of(0.25f));
    assertThat(trainer.state()).containsKey("one.weight.exp_avg");
    assertThat(loaded.parameters()).isEqualTo(sloped.parameters());
    assertThat(loaded.forward(x)).isEqualTo(sloped.forward(x));
  }

  @Test
  void stepsOfLayersThatWorkValueByValueAllocateNothing() {
    LayersTest_SlopedNetwork.Trainer trainer =
        new LayersTest_SlopedNetwork(1).trainer(Sgd.of(0.1), 2);
    float[] x = {1, -2, 3, -4, 5, -6};
    float[] y = {1, 2, 3, 4};

    assertThat(AllocatedBytes.least(() -> trainer.step(x, y))).isZero();
  }

  @Test
  void theSummaryHasARowForEach() {
    assertThat(net.summary().lines())
        .contains(
            "├─LayerNorm (scaled): 1-1                [1, 5]                    --",
            "├─Linear (hidden): 1-2                   [1, 4]                    24",
            "├─LayerNorm (normed): 1-3                [1, 4]                    8");
  }

  @Test
  void aRowIsNormalized() {
    Tensor twice = net.forward(Tensor.of(new float[][] {{1, 2, 3, 4, 5}, {10, 20, 30, 40, 50}}));

    // the norm of the input takes away the scale, all but eps
    for (int o = 0; o < 4; o++) {
      assertThat((double) twice.get(0, o)).isCloseTo(twice.get(1, o), within(1e-4));
    }
  }
}
