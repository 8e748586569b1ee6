package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row is in one shard of one step. */
class ShardPlanTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "1, 4, 8, 1",
    "70, 3, 16, 1",
    "70, 3, 16, 2",
    "65, 4, 16, 1",
    "65, 4, 16, 2",
    "16, 4, 16, 2",
    "31, 5, 10, 2",
    "1000, 7, 100, 1",
    "9, 4, 8, 2",
    "3, 4, 256, 1"
  })
  void everyRowIsInOneShardOfOneStep(long rows, int shards, int batchSize, int least) {
    ShardPlan plan = new ShardPlan(rows, shards, batchSize, least);
    int[] seen = new int[(int) rows];
    int most = 0;
    for (int step = 0; step < plan.steps(); step++) {
      int total = 0;
      for (int shard = 0; shard < shards; shard++) {
        int count = plan.rowsOf(step, shard);
        assertThat(count).isGreaterThanOrEqualTo(least == 2 ? 2 : 0);
        most = Math.max(most, count);
        total += count;
        for (int i = plan.from(step, shard); i < plan.from(step, shard) + count; i++) {
          seen[i * shards + shard]++;
        }
      }
      if (step < plan.steps() - 1) {
        assertThat(total).isEqualTo(batchSize);
      } else {
        assertThat(total).isBetween(1, batchSize + 2 * shards - 1);
      }
    }
    assertThat(Arrays.stream(seen).allMatch(count -> count == 1)).isTrue();
    assertThat(plan.capacity()).isEqualTo(most);
  }

  @Test
  void shardsAreDealtOutInRuns() {
    assertThat(
            Arrays.stream(new int[] {0, 1, 2, 3, 4, 5}).map(shard -> ShardPlan.owner(shard, 6, 4)))
        .containsExactly(0, 0, 1, 2, 2, 3);
    assertThat(ShardPlan.owner(3, 4, 1)).isZero();
  }

  @Test
  void aBatchHasAtLeastOneRowForEachShard() {
    assertThatThrownBy(() -> new ShardPlan(100, 8, 7, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batchSize is 7, expected at least 8: a step gives each of its 8 shards (numShards) at least 1 row");
    assertThatThrownBy(() -> new ShardPlan(100, 8, 15, 2)).hasMessageContaining("at least 16");
    assertThatThrownBy(() -> new ShardPlan(7, 4, 16, 2))
        .hasMessageContaining("there are 7 rows, expected at least 8");
  }

  @Test
  void aShardIsOneArray() {
    new ShardPlan(8_589_934_556L, 4, 256, 1).requireRoom(1);
    assertThatThrownBy(() -> new ShardPlan(8_589_934_557L, 4, 256, 1).requireRoom(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a shard has 2147483640 rows of 1 values, expected at most 2147483639 values, because a shard is one array: raise numShards from 4 to at least 5");
    assertThatThrownBy(() -> new ShardPlan(1_000_000_000L, 4, 256, 1).requireRoom(20))
        .hasMessageContaining(
            "a shard has 250000000 rows of 20 values, expected at most 2147483639 values")
        .hasMessageContaining("raise numShards from 4 to at least 10");
    new ShardPlan(1_000_000_000L, 10, 256, 1).requireRoom(20);
    assertThatThrownBy(() -> new ShardPlan(1L << 40, 256, 256, 1).requireRoom(1))
        .hasMessageContaining("raise numShards from 256 to at least 513");
    assertThatThrownBy(() -> new ShardPlan(1L << 40, 600, 512, 1))
        .hasMessageContaining("batchSize is 512, expected at least 600");
    ShardPlan largest = new ShardPlan(1L << 42, 2049, 2049, 1);
    largest.requireRoom(1);
    assertThat(largest.steps()).isEqualTo(2_146_435_584);
  }
}
