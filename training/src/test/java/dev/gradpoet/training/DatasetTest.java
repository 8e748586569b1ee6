package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.training.Dataset.Split;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetTest {

  private static final float[] X = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  private static final int[] Y = {0, 2, 1, 0, 2};

  private static Generator seeded(long seed) {
    return new Generator().manualSeed(seed);
  }

  @Test
  void aDataSetOfArraysHasTheirRowsAndClasses() {
    Dataset data = Dataset.of(X, Y);

    assertThat(data.size()).isEqualTo(5);
    assertThat(data.input(0)).isEqualTo(Tensor.of(new float[][] {
      {1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}
    }));
    assertThat(data.target()).isEqualTo(Tensor.of(0, 2, 1, 0, 2));
    assertThat(data.classes().names()).containsExactly("0", "1", "2");
    assertThat(data).hasToString("5 rows of input [2], 3 classes");
  }

  @Test
  void denseTargetsAndDoublesKeepTheirShapeAndType() {
    Dataset data = Dataset.of(new double[] {1, 2, 3, 4}, new double[] {5, 6, 7, 8}, 2);

    assertThat(data.inputType(0)).isEqualTo(DType.FLOAT64);
    assertThat(data.target()).isEqualTo(Tensor.of(new double[][] {{5, 6}, {7, 8}}));
    assertThat(data.hasClasses()).isFalse();
    assertThat(data).hasToString("2 rows of input [2], targets [2]");
  }

  @Test
  void aDataSetMayHaveSeveralInputsAndIndices() {
    Dataset data = DatasetBuilder.of(2)
        .input("numbers", new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2)
        .indices("cities", new int[] {0, 3, 2, 1}, 2, 4)
        .classes(1, 0)
        .build()
        .select(1, 0);

    assertThat(data.inputNames()).containsExactly("numbers", "cities");
    assertThat(data.input(0).shape()).containsExactly(2, 2, 2);
    assertThat(data.input(0).toFloatArray()).containsExactly(5, 6, 7, 8, 1, 2, 3, 4);
    assertThat(data.input(1)).isEqualTo(Tensor.of(new int[][] {{2, 1}, {0, 3}}));
    assertThat(data.vocabulary(1, 0).size()).isEqualTo(4);
    assertThat(data.target()).isEqualTo(Tensor.of(0, 1));
  }

  @Test
  void viewsShareTheArrays() {
    float[] x = X.clone();
    Dataset view = Dataset.of(x, Y).select(4, 0, 2).rows(1, 3);
    x[0] = 100;

    assertThat(view.input(0)).isEqualTo(Tensor.of(new float[][] {{100, 2}, {5, 6}}));
    assertThat(view.label(1)).isEqualTo(1);
  }

  @Test
  void batchesAreConsecutiveRowsOfWhichTheLastMayBeFewer() {
    List<Dataset> batches = Dataset.of(X, Y).batches(2);

    assertThat(batches).extracting(Dataset::size).containsExactly(2, 2, 1);
    assertThat(batches.get(2).label(0)).isEqualTo(2);
  }

  @Test
  void aShuffledDataSetHasTheOrderOfRandperm() {
    int[] order = seeded(7).randperm(5).toIntArray();

    Dataset shuffled = Dataset.of(X, Y).shuffled(seeded(7));

    assertThat(shuffled.target())
        .isEqualTo(Tensor.of(Arrays.stream(order).map(i -> Y[i]).toArray()));
  }

  @Test
  void aSplitHasTheFractionOfTheShuffledRows() {
    Dataset data = numbered(10);

    Split split = data.split(0.7, seeded(1));

    assertThat(split.train().size()).isEqualTo(7);
    int[] order = seeded(1).randperm(10).toIntArray();
    assertThat(rows(split.train())).containsExactly(Arrays.copyOf(order, 7));
    assertThat(rows(split.test())).containsExactly(Arrays.copyOfRange(order, 7, 10));
  }

  @Test
  void eachPartOfAStratifiedSplitHasItsShareOfEachClassWithinOneRow() {
    for (long seed = 0; seed < 20; seed++) {
      int[] counts = {3 + (int) seed, 50, 17};
      Dataset data = ofCounts(counts);

      Split split = data.stratifiedSplit(0.8, seeded(seed));

      int[] train = split.train().classCounts();
      for (int c = 0; c < counts.length; c++) {
        assertThat((double) train[c]).isBetween(0.8 * counts[c] - 1, 0.8 * counts[c] + 1);
      }
      assertThat(split.train().size()).isEqualTo((int) Math.round(0.8 * data.size()));
      assertThat(all(split)).containsExactlyElementsOf(every(data.size()));
    }
  }

  @Test
  void everyRowIsInTheTestPartOfOneFold() {
    Dataset data = numbered(11);

    List<Split> folds = data.folds(3, seeded(5));

    assertThat(folds).extracting(fold -> fold.test().size()).containsExactly(4, 4, 3);
    assertThat(folds.stream()
            .flatMap(fold -> Arrays.stream(rows(fold.test())).boxed())
            .sorted())
        .containsExactlyElementsOf(every(11));
    assertThat(folds)
        .allSatisfy(fold -> assertThat(all(fold)).containsExactlyElementsOf(every(11)));
  }

  @Test
  void stratifiedFoldsHaveTheSameNumberOfEachClassWithinOneRow() {
    Dataset data = ofCounts(10, 23, 4);

    List<Split> folds = data.stratifiedFolds(4, seeded(2));

    int[] counts = data.classCounts();
    for (Split fold : folds) {
      int[] test = fold.test().classCounts();
      for (int c = 0; c < counts.length; c++) {
        assertThat(test[c]).isBetween(counts[c] / 4, (counts[c] + 3) / 4);
      }
      assertThat(all(fold)).containsExactlyElementsOf(every(37));
    }
  }

  @Test
  void theRowsOfStratifiedFoldsAreNotSortedByClass() {
    for (Split fold : ofCounts(20, 20).stratifiedFolds(2, seeded(3))) {
      for (Dataset part : List.of(fold.train(), fold.test())) {
        int[] labels = part.labels();

        assertThat(Arrays.copyOf(labels, 10)).contains(0).contains(1);
        assertThat(Arrays.copyOfRange(labels, 10, 20)).contains(0).contains(1);
      }
    }
  }

  @Test
  void aSplitThatIsRefusedLeavesTheGeneratorAsItWas() {
    Dataset data = Dataset.of(X, Y);
    Dataset dense = Dataset.of(X, X, 5);
    List<Consumer<Generator>> refused = List.of(
        g -> data.split(1.5, g),
        g -> data.split(Double.NaN, g),
        g -> data.split(0.05, g),
        g -> data.split(0.95, g),
        g -> data.stratifiedSplit(0, g),
        g -> data.stratifiedSplit(0.05, g),
        g -> data.stratifiedSplit(0.95, g),
        g -> dense.stratifiedSplit(0.5, g),
        g -> data.folds(1, g),
        g -> data.folds(6, g),
        g -> data.stratifiedFolds(1, g),
        g -> data.stratifiedFolds(6, g),
        g -> dense.stratifiedFolds(2, g));

    for (Consumer<Generator> each : refused) {
      Generator g = seeded(1);
      assertThatThrownBy(() -> each.accept(g))
          .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class);
      assertThat(g.randperm(100)).isEqualTo(seeded(1).randperm(100));
    }
    assertThatThrownBy(() -> data.stratifiedSplit(0.95, seeded(0)))
        .hasMessage(
            "the fraction 0.95 of 5 rows is 5 for training and 0 for the test, expected at least 1 each: change the fraction or add rows");
    assertThatThrownBy(() -> data.splitAt(5))
        .hasMessage("a split of 5 rows at row 5, expected 1 to 4: each part needs a row");
    for (Consumer<Dataset> split : List.<Consumer<Dataset>>of(
        one -> one.splitAt(1),
        one -> one.split(0.5, seeded(0)),
        one -> one.stratifiedSplit(0.5, seeded(0)))) {
      assertThatThrownBy(() -> split.accept(data.rows(0, 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a data set of 1 row cannot be split, expected at least 2");
    }
  }

  @Test
  void theIndicesOfAnInputShareTheirNames() {
    Dataset data = DatasetBuilder.of(1)
        .indices("words", new int[1000], 1000, 50)
        .classes(0)
        .build();

    assertThat(data.vocabulary(0, 999)).isSameAs(data.vocabulary(0, 0));
  }

  /** {@code sklearn.utils.class_weight.compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 1, 1, 2, 2, 2, 2, 2])}. */
  @Test
  void classWeightsAreScikitLearnsBalancedOnes() {
    assertThat(ofCounts(3, 2, 5).classWeights())
        .containsExactly(1.1111111111111112, 1.6666666666666667, 0.6666666666666666);
  }

  @Test
  void ignoredRowsCountForNoClass() {
    Dataset data = Dataset.of(new float[4], new int[] {-100, 0, 1, 1});

    assertThat(data.classCounts()).containsExactly(1, 2);
    assertThat(data.stratifiedSplit(0.5, seeded(0)).train().size()).isEqualTo(2);
  }

  @Test
  void theFingerprintDependsOnValuesAndOrder() {
    Dataset data = Dataset.of(X, Y);
    float[] other = X.clone();
    other[9] = Math.nextUp(10f);

    assertThat(Dataset.of(X.clone(), Y.clone()).fingerprint()).isEqualTo(data.fingerprint());
    assertThat(Stream.of(
                Dataset.of(other, Y),
                data.select(1, 0, 2, 3, 4),
                data.rows(0, 4),
                Dataset.of(X, new int[] {0, 2, 1, 0, 1}))
            .map(Dataset::fingerprint))
        .doesNotContain(data.fingerprint())
        .doesNotHaveDuplicates();
  }

  @Test
  void mistakesAreNamedWithTheirValues() {
    Dataset data = Dataset.of(X, Y);
    assertThatThrownBy(() -> Dataset.of(X, new int[3]))
        .hasMessage(
            "x holds 10 values for 3 rows, expected at least one row, and the same number of values for each");
    assertThatThrownBy(() -> Dataset.of(X, new int[0])).hasMessageContaining("for 0 rows");
    assertThatThrownBy(() -> data.select(5)).hasMessage("row 5 of 5, expected 0 to 4");
    assertThatThrownBy(() -> data.splitAt(5)).hasMessageContaining("at row 5, expected 1 to 4");
    assertThatThrownBy(() -> data.split(1.5, seeded(0)))
        .hasMessage("the fraction of training rows is 1.5, expected a number between 0 and 1");
    assertThatThrownBy(() -> data.folds(6, seeded(0)))
        .hasMessage("6 folds of 5 rows, expected 2 to 5");
    assertThatThrownBy(() -> data.classNames("a", "b"))
        .hasMessage("2 names [a, b], expected 3: one for each class");
    assertThatThrownBy(() -> Dataset.of(X, X, 5).classes())
        .hasMessageStartingWith("the targets are dense values, expected classes");
    assertThatThrownBy(() -> data.vocabulary(0, 0))
        .hasMessageStartingWith("the input input is dense");
    assertThatThrownBy(() -> DatasetBuilder.of(2).input("a", X, 2))
        .hasMessage("a has 5 rows, expected 2");
    assertThatThrownBy(() -> DatasetBuilder.of(5).input("a", X, 3))
        .hasMessage("a holds 10 values, expected whole rows of 3");
    assertThatThrownBy(() -> DatasetBuilder.of(5).build())
        .hasMessageStartingWith("there is no input");
    assertThatThrownBy(() -> DatasetBuilder.of(2).indices("c", new int[] {0, 4}, 1, 4))
        .hasMessage("c holds the index 4 in row 1, expected 0 to 3");
    assertThatThrownBy(() -> DatasetBuilder.of(2).indices("c", new int[] {0, 4}, 0, 4))
        .hasMessage("c has 0 indices in a row, expected at least 1");
    assertThatThrownBy(() -> DatasetBuilder.of(2).indices("c", new int[0], -1, 4))
        .hasMessage("c has -1 indices in a row, expected at least 1");
    assertThatThrownBy(() -> DatasetBuilder.of(1).classes(new int[] {2}, Vocabulary.of("a", "b")))
        .hasMessage("the class of row 0 is 2, expected 0 to 1: there are 2 names");
  }

  private static Dataset numbered(int rows) {
    float[] x = new float[rows];
    for (int r = 0; r < rows; r++) {
      x[r] = r;
    }
    return Dataset.of(x, new int[rows]);
  }

  private static Dataset ofCounts(int... counts) {
    int[] labels = IntStream.range(0, counts.length)
        .flatMap(c -> IntStream.generate(() -> c).limit(counts[c]))
        .toArray();
    float[] x = new float[labels.length];
    for (int r = 0; r < x.length; r++) {
      x[r] = r;
    }
    return Dataset.of(x, labels);
  }

  private static int[] rows(Dataset data) {
    float[] x = data.input(0).toFloatArray();
    return IntStream.range(0, x.length).map(i -> (int) x[i]).toArray();
  }

  private static List<Integer> all(Split split) {
    return Stream.of(split.train(), split.test())
        .flatMap(part -> Arrays.stream(rows(part)).boxed())
        .sorted()
        .toList();
  }

  private static List<Integer> every(int rows) {
    return IntStream.range(0, rows).boxed().toList();
  }
}
