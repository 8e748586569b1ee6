package dev.gradpoet.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.plan.tiling.SumOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SumOrderTest {

  @ParameterizedTest
  @CsvSource({
    "784, 64, BLOCKS, 1", // 4 vectors of outputs are enough
    "784, 48, BLOCKS, 2",
    "64, 32, BLOCKS, 2",
    "15, 32, BLOCKS, 1", // a chain has at least 4 terms for each vector
    "16, 32, BLOCKS, 2",
    "32, 10, BLOCKS, 4",
    "16, 16, BLOCKS, 4",
    "15, 16, BLOCKS, 2",
    "8, 8, BLOCKS, 2",
    "7, 8, BLOCKS, 1",
    "784, 1, LANES, 16", // the tree at the end is worth it for long sums of few outputs
    "32, 1, LANES, 16",
    "31, 1, BLOCKS, 4",
    "96, 3, LANES, 16",
    "95, 3, BLOCKS, 4",
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
