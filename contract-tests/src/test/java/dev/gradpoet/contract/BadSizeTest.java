package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Batches above the capacity, and sizes beyond the heap. */
class BadSizeTest extends RefusalTestBase {

  @Test
  void aBatchAboveTheCapacity() {
    float[] five = new float[5 * 5];
    String text =
        "the batch has 5 rows, the trainer was made for at most 4: split the batch, or make the trainer with a larger capacity";
    refused(() -> trainer.step(five, new int[5]), text);
    refused(() -> trainer.forward(five), text);
    refused(() -> trainer.step(Tensor.of(five, 5, 5), Tensor.of(new long[5])), text);
    refused(
        () -> net.trainer(Sgd.of(0.1), 0),
        "capacity is 0, expected at least 1: the most rows of one call");
  }

  @Test
  void sizesBeyondTheHeapAreRejectedBeforeAllocation() {
    refusedWith(
        "a trainer with capacity 2147483647 needs",
        () -> net.trainer(Sgd.of(0.1), Integer.MAX_VALUE));
    refusedWith(
        ", the maximum heap size: start Java with a larger -Xmx",
        () -> net.trainer(Adam.of(0.1), 1_000_000_000));
    Nets_EachValueNetwork values = new Nets_EachValueNetwork(1);
    refusedWith("expected at most", () -> values.trainer(Sgd.of(0.1), Integer.MAX_VALUE));
    // 1 input, 3000 outputs: the result exceeds the maximum length of an array
    BadSizeTest_ManyOutputsNetwork many = new BadSizeTest_ManyOutputsNetwork(1);
    float[] x = new float[1_000_000];
    refusedWith(
        "the output of 1000000 rows of 3000 takes 3000000000 values, expected at most 2147483639",
        () -> many.forward(x));
    refusedWith(
        "the output of 1000000 rows of 3000",
        () -> many.predictor().forward(Tensor.view(x, 1_000_000, 1)));
    refusedWith("the output of 1000000 rows of 3000", () -> many.probabilities(x));
  }

  /** Few inputs, many outputs. */
  @Network(
      layers = {1, 3000},
      loss = Loss.CROSS_ENTROPY)
  interface ManyOutputs {}

  private static void refusedWith(String text, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
