package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.DType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values are those of PyTorch, from the golden cases; the processor's conformance test runs all of them. */
class GeneratorTest {

  private static Generator seeded(long seed) {
    return new Generator().manualSeed(seed);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.4962566, 0.9700530018065531, 1.5409961082440433",
    "1, 0.7576316, 0.06105327471962363, 0.6613521715704522",
    "42, 0.88226926, 0.05815448596142969, 0.33669035438385886"
  })
  void theFirstNumbersAreThoseOfPyTorch(long seed, float single, double wide, double normal) {
    assertThat((float) seeded(seed).rand(1).get(0)).isEqualTo(single);
    assertThat(seeded(seed).rand(DType.FLOAT64, 1).get(0)).isEqualTo(wide);
    assertThat(seeded(seed).randn(DType.FLOAT64, 1).get(0)).isCloseTo(normal, within(1e-14));
  }

  @Test
  void wordsAreThoseOfThePublishedMersenneTwister() {
    // The reference output of mt19937ar.c seeded with 5489: the C++ standard fixes word 10000
    // (rand.predef).
    MersenneTwister twister = new MersenneTwister(5489);
    assertThat(Integer.toUnsignedLong(twister.nextWord())).isEqualTo(3499211612L);
    for (int i = 2; i < 10000; i++) {
      twister.nextWord();
    }
    assertThat(Integer.toUnsignedLong(twister.nextWord())).isEqualTo(4123659995L);
  }

  @Test
  void onlyTheLow32BitsOfASeedAreUsed() {
    assertThat(seeded(7 + (5L << 32)).rand(20)).isEqualTo(seeded(7).rand(20));
    assertThat(seeded(-1).rand(20)).isEqualTo(seeded(0xffffffffL).rand(20));
    assertThat(seeded(8).rand(20)).isNotEqualTo(seeded(7).rand(20));
  }

  @Test
  void seedingAgainDiscardsTheCachedNormalNumber() {
    Generator generator = seeded(3);
    Tensor first = generator.randn(1);
    assertThat(generator.manualSeed(3).randn(1)).isEqualTo(first);
  }

  @Test
  void anOddNumberOfNormalsCachesOneForTheNextDraw() {
    Generator odd = seeded(3);
    double[] apart = {
      odd.randn(DType.FLOAT64, 1).get(0), odd.randn(DType.FLOAT64, 1).get(0)
    };
    assertThat(apart).isEqualTo(seeded(3).randn(DType.FLOAT64, 2).toDoubleArray());
  }

  @Test
  void aPermutationContainsEveryNumberOnce() {
    long[] order = seeded(0).randperm(1000).toLongArray();
    assertThat(order).isNotEqualTo(Arrays.stream(order).sorted().toArray());
    Arrays.sort(order);
    for (int i = 0; i < order.length; i++) {
      assertThat(order[i]).isEqualTo(i);
    }
    assertThat(seeded(0).randperm(0).size()).isZero();
    assertThat(seeded(0).randperm(3).toLongArray()).containsExactly(2, 0, 1);
  }

  @Test
  void integersStayInTheirRange() {
    assertThat(Arrays.stream(seeded(1).randint(-3, 4, 500).toLongArray()).boxed())
        .allMatch(each -> each >= -3 && each < 4)
        .contains(-3L, 3L);
    assertThat(
            Arrays.stream(seeded(1).randint(Long.MIN_VALUE, Long.MAX_VALUE, 50).toLongArray())
                .boxed())
        .anyMatch(each -> each < 0)
        .anyMatch(each -> each > 0);
  }

  @Test
  void uniformValuesStayInTheirRange() {
    Tensor t = Tensor.zeros(DType.FLOAT32, 10, 50);
    seeded(1).uniform(t, -0.25, 0.5);
    for (float each : t.toFloatArray()) {
      assertThat(each).isBetween(-0.25f, 0.5f);
    }
  }

  @Test
  void rejectedCallsDrawNothing() {
    Generator generator = seeded(1);
    Tensor t = Tensor.zeros(DType.FLOAT32, 3);
    assertThatThrownBy(() -> generator.randint(4, 4, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("randint from 4 to 4, expected low < high");
    assertThatThrownBy(() -> generator.randperm(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("randperm of -1, expected at least 0");
    assertThatThrownBy(() -> generator.uniform(t, 1, 0))
        .hasMessage(
            "uniform from 1.0 to 0.0, expected from <= to and a finite difference in FLOAT32");
    assertThatThrownBy(() -> generator.uniform(t, 0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> generator.uniform(t, 0, 1e39))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> generator.uniform(t, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> generator.normal(t, 0, -1))
        .hasMessage("the standard deviation is -1.0, expected a number of at least 0");
    assertThatThrownBy(() -> generator.rand(DType.INT64, 2))
        .hasMessage(
            "random values of INT64, expected FLOAT32 or FLOAT64: for integers, use randint");

    assertThat(t).isEqualTo(Tensor.zeros(DType.FLOAT32, 3));
    assertThat(generator.rand(5)).isEqualTo(seeded(1).rand(5));
  }

  /** Printed by PyTorch 1.13: {@code [b[0].tolist() for b in DataLoader(TensorDataset(arange(10)), 4, shuffle=True)]}, twice. */
  @Test
  void theRecipeOfTheJavadocIsTheOrderOfADataLoader() {
    Generator base = seeded(0);
    assertThat(orderOfAnEpoch(base)).containsExactly(6, 7, 1, 4, 2, 0, 9, 8, 3, 5);
    assertThat(orderOfAnEpoch(base)).containsExactly(2, 4, 7, 0, 8, 9, 5, 3, 6, 1);
    // after torch.manual_seed(5) and nn.Linear(2, 2), which draws 6 numbers
    Generator afterModel = seeded(5);
    afterModel.rand(6);
    assertThat(orderOfAnEpoch(afterModel)).startsWith(4, 6, 1, 0, 8, 9, 5, 3, 2);
    assertThat(afterModel.rand(2)).isEqualTo(Tensor.of(0.6064285635948181f, 0.5645712614059448f));
  }

  private static int[] orderOfAnEpoch(Generator base) {
    base.randint(0, 1L << 32);
    long drawn = base.randint(0, 1L << 32).getLong();
    return seeded(drawn).randperm(10).toIntArray();
  }

  /** Printed by PyTorch 1.13, with {@code generator=g}. */
  @Test
  void theRecipesWithAGeneratorAreTheOrderOfPyTorch() {
    Generator g = seeded(0);
    int[][] epochs = {
      {3, 7, 5, 2, 0, 8, 1, 6, 9, 4},
      {1, 3, 2, 7, 5, 9, 0, 6, 4, 8},
      {6, 8, 5, 7, 2, 4, 1, 0, 3, 9}
    };
    for (int[] epoch : epochs) {
      g.randint(0, 1L << 32);
      assertThat(g.randperm(10).toIntArray()).containsExactly(epoch);
      g.randperm(10);
    }
    assertThat(seeded(42).randperm(10).toIntArray()).containsExactly(2, 6, 1, 8, 4, 5, 0, 9, 3, 7);
  }
}
