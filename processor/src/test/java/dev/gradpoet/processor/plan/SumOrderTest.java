package dev.gradpoet.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SumOrderTest {

  @ParameterizedTest
  @CsvSource({
    "784, 128, BLOCKS, 1", // 8 vectors of outputs are enough
    "64, 64, BLOCKS, 2",
    "64, 32, BLOCKS, 4",
    "32, 10, BLOCKS, 4",
    "10, 32, BLOCKS, 2", // blocks below 4 are not worth it
    "4, 16, BLOCKS, 1",
    "7, 8, BLOCKS, 1",
    "8, 8, BLOCKS, 2",
    "784, 1, LANES, 16",
    "16, 3, LANES, 16",
    "16, 7, LANES, 16",
    "15, 3, BLOCKS, 2",
    "1, 1, BLOCKS, 1"
  })
  void theOrderIsAMatterOfTheShape(int inner, int outer, SumOrder.Kind kind, int chains) {
    assertThat(SumOrder.of(inner, outer)).isEqualTo(new SumOrder(kind, inner, outer, chains));
  }

  @Test
  void everyBlockHasAtLeastOneTerm() {
    for (int inner = 1; inner <= 300; inner++) {
      for (int outer : new int[] {8, 16, 17, 64, 65, 128, 129}) {
        SumOrder order = SumOrder.of(inner, outer);
        assertThat((order.chains() - 1) * order.blockLength()).as("%s", order).isLessThan(inner);
        assertThat(order.chains() * order.blockLength())
            .as("%s", order)
            .isGreaterThanOrEqualTo(inner);
      }
    }
  }
}
