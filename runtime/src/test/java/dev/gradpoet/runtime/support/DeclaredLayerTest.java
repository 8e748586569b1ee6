package dev.gradpoet.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.Activation;
import dev.gradpoet.runtime.Layer;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** What a layer says of itself. */
class DeclaredLayerTest {

  static Layer linear(String name, int in, int out) {
    return layer(
        name,
        "Linear",
        out,
        List.of("in_features", in, "out_features", out, "bias", true),
        List.of(
            FloatParameter.byInput(name, "weight", in, out),
            FloatParameter.vector(name, "bias", out)));
  }

  static Layer layer(
      String name, String type, int width, List<Object> options, List<? extends Parameter> slots) {
    return new DeclaredLayer(
        name, type, List.of("input"), new int[] {width}, Activation.RELU, options, slots);
  }

  @Test
  void aLayerDescribesItself() {
    Layer layer = linear("hidden", 3, 2);

    assertThat(layer.name()).isEqualTo("hidden");
    assertThat(layer.type()).isEqualTo("Linear");
    assertThat(layer.from()).containsExactly("input");
    assertThat(layer.shape()).containsExactly(2);
    assertThat(layer.activation()).isEqualTo(Activation.RELU);
    assertThat(layer.options())
        .hasToString("{in_features=3, out_features=2, bias=true}")
        .isUnmodifiable();
    assertThat(layer.parameters().keySet()).containsExactly("weight", "bias");
    assertThat(layer.parameters()).isUnmodifiable();
    assertThat(layer.parameters().get("weight")).isSameAs(layer.weight());
    assertThat(layer.parameters().get("bias")).isSameAs(layer.bias());
    assertThat(layer.buffers()).isEmpty();
  }

  @Test
  void theShapeIsACopy() {
    Layer layer = linear("hidden", 3, 2);
    layer.shape()[0] = 7;

    assertThat(layer.shape()).containsExactly(2);
  }

  @Test
  void statisticsAreBuffers() {
    Layer layer = layer(
        "norm",
        "BatchNorm1d",
        2,
        List.of(),
        List.of(
            FloatParameter.vector("norm", "weight", 2),
            FloatParameter.statistic("norm", "running_mean", 2)));

    assertThat(layer.parameters().keySet()).containsExactly("weight");
    assertThat(layer.buffers().keySet()).containsExactly("running_mean");
  }

  @Test
  void whatALayerDoesNotHaveIsNamed() {
    Layer plain = layer(
        "plain",
        "Linear",
        2,
        List.of("bias", false),
        List.of(FloatParameter.byInput("plain", "weight", 2, 2)));
    Layer sloped = layer(
        "sloped", "PReLU", 2, List.of(), List.of(FloatParameter.vector("sloped", "weight", 1)));
    Layer sum = layer("sum", "Add", 2, List.of(), List.of());

    assertThatThrownBy(plain::bias)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("layer \"plain\" has no bias: it was declared with bias = false");
    assertThatThrownBy(sloped::bias)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("layer \"sloped\" has no bias: it has only weight");
    assertThatThrownBy(sum::weight)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("layer \"sum\" has no weight: it has no parameters");
  }
}
