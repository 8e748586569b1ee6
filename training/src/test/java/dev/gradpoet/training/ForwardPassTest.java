package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForwardPassTest {

  @Test
  void aStepHasNoMoreRowsThanThereAreAndThanItsMemoryAllows() {
    assertThat(ForwardPass.rowsOfStep(10, 7)).isEqualTo(10);
    assertThat(ForwardPass.rowsOfStep(1000, 7)).isEqualTo(256);
    assertThat(ForwardPass.rowsOfStep(1000, 1 << 16)).isEqualTo(256);
    assertThat(ForwardPass.rowsOfStep(1000, 1 << 21)).isEqualTo(8);
    assertThat(ForwardPass.rowsOfStep(1000, (1 << 24) + 1)).isEqualTo(1);
    assertThat(ForwardPass.rowsOfStep(1000, 1L << 32)).isEqualTo(1);
    assertThat(ForwardPass.rowsOfStep(0, 7)).isEqualTo(1);
  }
}
