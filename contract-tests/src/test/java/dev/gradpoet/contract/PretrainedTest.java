package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.Activate;
import dev.gradpoet.Activation;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Sgd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code pretrained()} reads the resource beside the class; a network without parameters is for inference. */
class PretrainedTest {

  /** Has a resource while its test runs. */
  @Network(
      layers = {2, 3, 1},
      activation = Activation.TANH)
  interface Known {}

  /** Has no resource. */
  @Network(layers = {2, 1})
  interface Lost {}

  /** Has the resource of another network. */
  @Network(layers = {5, 4})
  interface Other {}

  /** Has no parameters. */
  @Network(input = 3)
  interface Fixed {
    @Activate(Activation.RELU)
    Layer relu();
  }

  private static Path resource(String name) throws URISyntaxException {
    URL classes = PretrainedTest.class.getResource("PretrainedTest.class");
    return Path.of(classes.toURI()).resolveSibling(name);
  }

  @Test
  void readsTheResourceBesideTheClass() throws IOException, URISyntaxException {
    PretrainedTest_KnownNetwork saved = new PretrainedTest_KnownNetwork(7);
    Path file = resource("PretrainedTest_Known.safetensors");
    saved.save(file);
    try {
      assertThat(PretrainedTest_KnownNetwork.pretrained().parameters())
          .isEqualTo(saved.parameters());
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void namesTheResourceThatIsMissing() {
    assertThatThrownBy(PretrainedTest_LostNetwork::pretrained)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(
            "there is no resource dev/gradpoet/contract/PretrainedTest_Lost.safetensors");
  }

  @Test
  void namesTheResourceThatDoesNotFit() throws IOException, URISyntaxException {
    Path file = resource("PretrainedTest_Other.safetensors");
    new PretrainedTest_KnownNetwork(7).save(file);
    try {
      assertThatThrownBy(PretrainedTest_OtherNetwork::pretrained)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("dev/gradpoet/contract/PretrainedTest_Other.safetensors")
          .hasMessageContaining("does not match this network");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aNetworkWithoutParametersInfersAndHasNoTrainer() {
    PretrainedTest_FixedNetwork net = new PretrainedTest_FixedNetwork(1);

    assertThat(net.parameters()).isEmpty();
    assertThat(net.forward(new float[] {-1, 0.5f, 2, 3, -4, 0}))
        .containsExactly(0, 0.5f, 2, 3, 0, 0);
    assertThatThrownBy(() -> net.trainer(Sgd.of(0.1), 2))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("a PretrainedTest_FixedNetwork has no parameters to train");
  }
}
