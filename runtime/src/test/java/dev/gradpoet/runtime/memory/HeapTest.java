package dev.gradpoet.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is refused before it is allocated. */
class HeapTest {

  @Test
  void moreThanTheHeapIsRefusedInGigabytes() {
    long most = Runtime.getRuntime().maxMemory();
    Heap.bytes("a tensor", most);
    assertThat(Heap.problem("a tensor", most)).isEmpty();
    assertThat(Heap.problem("a tensor", most + 1)).isPresent();
    assertThatThrownBy(() -> Heap.bytes("a tensor", 1L << 60))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "a tensor needs 1152921504\\.6 GB of memory, expected at most \\d+\\.\\d [MG]B, the maximum heap size:"
                + " start Java with a larger -Xmx")
        .hasMessage(Heap.problem("a tensor", 1L << 60).orElseThrow());
  }

  @Test
  void whatIsLongerThanAnyArrayIsRefusedWhateverTheHeap() {
    for (long length : new long[] {Heap.LONGEST + 1L, Integer.MAX_VALUE, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> Heap.array("a tensor", length, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a tensor takes " + length
              + " values, expected at most 2147483639, the maximum array length: split it");
    }
    assertThat(Heap.array("a tensor", Heap.LONGEST, 0)).isEqualTo(Integer.MAX_VALUE - 8);
  }
}
