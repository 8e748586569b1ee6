package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.runtime.Architecture.Input;
import dev.gradpoet.runtime.support.DeclaredLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contents of an architecture, and that it cannot be changed. */
class ArchitectureTest {

  private static Layer layer(String name, int width) {
    return new DeclaredLayer(
        name,
        "Linear",
        List.of("input"),
        new int[] {width},
        Activation.IDENTITY,
        List.of(),
        List.of());
  }

  @Test
  void theLastLayerIsTheOutput() {
    Layer hidden = layer("hidden", 32);
    Layer logits = layer("logits", 10);
    Architecture digits = Architecture.of(
        "Digits", DType.FLOAT32, List.of(Input.of("input", 64)), List.of(hidden, logits));

    assertThat(digits.name()).isEqualTo("Digits");
    assertThat(digits.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(digits.layers()).containsExactly(hidden, logits).isUnmodifiable();
    assertThat(digits.outputShape()).containsExactly(10);
    assertThat(digits.inputs()).isUnmodifiable().singleElement().satisfies(input -> {
      assertThat(input.name()).isEqualTo("input");
      assertThat(input.shape()).containsExactly(64);
    });
  }

  @Test
  void theShapeOfAnInputIsACopy() {
    int[] shape = {1, 28, 28};
    Input input = Input.of("image", shape);
    shape[0] = 3;
    input.shape()[0] = 3;

    assertThat(input.shape()).containsExactly(1, 28, 28);
  }

  @Test
  void thereIsAnInputAndALayer() {
    assertThatThrownBy(
            () -> Architecture.of("Empty", DType.FLOAT32, List.of(Input.of("input", 1)), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layers is empty, expected at least one");
  }
}
