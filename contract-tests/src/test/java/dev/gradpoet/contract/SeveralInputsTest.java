package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.Activation;
import dev.gradpoet.Concat;
import dev.gradpoet.DType;
import dev.gradpoet.Embedding;
import dev.gradpoet.Flatten;
import dev.gradpoet.Input;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.Normalization;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.FloatPredictor;
import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks with several inputs, or with class indices: all forms of a call compute the same. */
class SeveralInputsTest {

  /** Numbers and categories. */
  @Network(loss = Loss.BCE_WITH_LOGITS)
  interface Click {
    @Input(4)
    Layer numbers();

    @Input(value = 2, classes = 7)
    Layer categories();

    @Embedding(dim = 3, activation = Activation.TANH)
    Layer embedded();

    @Flatten
    Layer flat();

    @Concat(from = {"numbers", "flat"})
    Layer all();

    @Linear(out = 17, activation = Activation.GELU)
    Layer hidden();

    @Linear(out = 1)
    Layer click();
  }

  /** Class indices alone. */
  @Network(loss = Loss.CROSS_ENTROPY, dtype = DType.FLOAT64)
  interface Text {
    @Input(value = 5, classes = 9)
    Layer input();

    @Embedding(dim = 4)
    Layer embedded();

    @Flatten
    Layer flat();

    @Linear(out = 3)
    Layer logits();
  }

  /** A map and a vector, without a loss. */
  @Network
  interface Pair {
    @Input({2, 3})
    Layer map();

    @Input(4)
    Layer zipCodes();

    @Flatten(from = "map")
    Layer flat();

    @Concat(from = {"zipCodes", "flat"})
    Layer all();

    @Linear(out = 2)
    Layer out();
  }

  /** One input of numbers with a name. */
  @Network(loss = Loss.MSE)
  interface Named {
    @Input({1, 2, 3})
    Layer pixels();

    @Flatten
    Layer flat();

    @Linear(out = 2)
    Layer out();
  }

  /** Normalized numbers, and categories. */
  @Network(loss = Loss.MSE)
  interface Normalized {
    @Input(value = 1, classes = 7)
    Layer kinds();

    @Input(4)
    Layer numbers();

    @Normalization
    Layer scaled();

    @Embedding(dim = 3, from = "kinds")
    Layer embedded();

    @Flatten
    Layer flat();

    @Concat(from = {"scaled", "flat"})
    Layer all();

    @Linear(out = 1)
    Layer out();
  }

  private static final int ROWS = 51;
  private static final float[] NUMBERS = Data.floats(1, ROWS * 4);
  private static final int[] CATEGORIES = Data.labels(2, ROWS * 2, 7);
  private static final float[] CLICKS = clicks();

  private static float[] clicks() {
    float[] clicks = new float[ROWS];
    for (int r = 0; r < ROWS; r++) {
      clicks[r] = r % 3 == 0 ? 1 : 0;
    }
    return clicks;
  }

  private static Tensor categories(int rows) {
    return Tensor.of(Arrays.copyOf(CATEGORIES, rows * 2)).unflatten(0, rows, 2);
  }

  private static Tensor numbers(int rows) {
    return Tensor.of(Arrays.copyOf(NUMBERS, rows * 4), rows, 4);
  }

  @Test
  void theConstantsOfEachInputAndOfTheOnlyOne() {
    assertThat(SeveralInputsTest_ClickNetwork.NUMBERS_INPUTS).isEqualTo(4);
    assertThat(SeveralInputsTest_ClickNetwork.CATEGORIES_INPUTS).isEqualTo(2);
    assertThat(SeveralInputsTest_PairNetwork.MAP_INPUTS).isEqualTo(6);
    assertThat(SeveralInputsTest_PairNetwork.ZIP_CODES_INPUTS).isEqualTo(4);
    assertThat(SeveralInputsTest_TextNetwork.INPUTS).isEqualTo(5);
    assertThat(SeveralInputsTest_NamedNetwork.INPUTS).isEqualTo(6);
  }

  @Test
  void allFormsOfInferenceHaveTheSameBits() {
    SeveralInputsTest_ClickNetwork net = new SeveralInputsTest_ClickNetwork(1);
    SeveralInputsTest_ClickNetwork.Predictor predictor = net.predictor();
    float[] all = net.forward(NUMBERS, CATEGORIES);
    float[] probabilities = net.probabilities(NUMBERS, CATEGORIES);
    int[] classes = net.predictClasses(NUMBERS, CATEGORIES);
    float[] y = new float[ROWS];
    predictor.forward(NUMBERS, CATEGORIES, y);
    assertThat(y).isEqualTo(all);
    assertThat(net.forward(numbers(ROWS), categories(ROWS))).isEqualTo(Tensor.of(all, ROWS, 1));
    predictor.probabilities(NUMBERS, CATEGORIES, ROWS, y);
    assertThat(y).isEqualTo(probabilities);
    int[] predicted = new int[ROWS];
    predictor.predictClasses(NUMBERS, CATEGORIES, ROWS, predicted);
    assertThat(predicted).isEqualTo(classes);
    assertThat(net.predictClasses(numbers(ROWS), categories(ROWS))).isEqualTo(classes);
    assertThat(net.probabilities(numbers(ROWS), categories(ROWS)).toFloatArray())
        .isEqualTo(probabilities);
    for (int n : new int[] {1, 2, 24, 25, 50}) {
      float[] first = new float[ROWS];
      predictor.forward(NUMBERS, CATEGORIES, n, first);
      assertThat(Arrays.copyOf(first, n)).isEqualTo(Arrays.copyOf(all, n));
    }
    for (int r = 0; r < ROWS; r++) {
      float[] row = Arrays.copyOfRange(NUMBERS, r * 4, r * 4 + 4);
      int[] indices = Arrays.copyOfRange(CATEGORIES, r * 2, r * 2 + 2);
      assertThat(net.forward(row, indices)).containsExactly(all[r]);
      assertThat(predictor.predictClass(row, indices)).isEqualTo(classes[r]);
      Tensor sample = net.forward(Tensor.of(row), Tensor.of(indices));
      assertThat(sample).isEqualTo(Tensor.of(new float[] {all[r]}, 1));
      assertThat(predictor.predictClass(Tensor.of(row), Tensor.of(indices))).isEqualTo(classes[r]);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.gradpoet.contract.KeepingTest#optimizers")
  void aStepHasTheBitsOfItsMoves(Optimizer optimizer) {
    SeveralInputsTest_ClickNetwork stepped = new SeveralInputsTest_ClickNetwork(1);
    SeveralInputsTest_ClickNetwork moved = stepped.copy();
    SeveralInputsTest_ClickNetwork tensors = stepped.copy();
    SeveralInputsTest_ClickNetwork.Trainer step = stepped.trainer(optimizer, ROWS);
    SeveralInputsTest_ClickNetwork.Trainer moves = moved.trainer(optimizer, ROWS);
    SeveralInputsTest_ClickNetwork.Trainer ofTensors = tensors.trainer(optimizer, ROWS);
    for (int n : new int[] {ROWS, 1, 2, 17}) {
      Tensor y = Tensor.of(Arrays.copyOf(CLICKS, n), n, 1);
      float loss = step.step(NUMBERS, CATEGORIES, n, CLICKS);
      moves.zeroGrad();
      moves.forward(NUMBERS, CATEGORIES, n);
      assertThat(moves.loss(Arrays.copyOf(CLICKS, n))).isEqualTo(loss);
      moves.backward();
      moves.update();
      assertThat(moved.parameters()).as("%d rows", n).isEqualTo(stepped.parameters());
      Tensor[] inputs = {numbers(n), categories(n)};
      assertThat(ofTensors.evaluate(inputs, y)).isEqualTo(loss);
      assertThat(tensors.evaluate(inputs, y)).isEqualTo(loss);
      assertThat(tensors.evaluate(NUMBERS, CATEGORIES, n, CLICKS)).isEqualTo(loss);
      assertThat(ofTensors.step(inputs, y)).isEqualTo(loss);
      assertThat(tensors.parameters()).isEqualTo(stepped.parameters());
    }
    assertThat(step.state()).isEqualTo(moves.state());
  }

  @Test
  void gradientsOfAnEmbeddingAccumulateLikeAllOthers() {
    SeveralInputsTest_ClickNetwork net = new SeveralInputsTest_ClickNetwork(1);
    SeveralInputsTest_ClickNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), ROWS);
    trainer.forward(NUMBERS, CATEGORIES, 9);
    trainer.backward(Arrays.copyOf(CLICKS, 9));
    float[] once = trainer.gradient("embedded.weight").toFloatArray();
    trainer.backward(Arrays.copyOf(CLICKS, 9));
    float[] twice = trainer.gradient("embedded.weight").toFloatArray();
    for (int i = 0; i < once.length; i++) {
      assertThat((double) twice[i]).isBetween(2 * once[i] - 1e-6, 2 * once[i] + 1e-6);
    }
    assertThat(once).hasSize(21).contains(0f).matches(all -> sumOfSquares(all) > 0);
  }

  private static double sumOfSquares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return sum;
  }

  /** As of PyTorch's with sparse=False. */
  @Test
  void weightDecayAndMomentumMoveVectorsOfClassesThatDoNotOccur() {
    for (Optimizer optimizer : List.of(
        Sgd.of(0.1).weightDecay(0.1),
        AdamW.of(0.1).weightDecay(0.1),
        Adam.of(0.1).weightDecay(0.1))) {
      SeveralInputsTest_ClickNetwork net = new SeveralInputsTest_ClickNetwork(1);
      Tensor weight = net.embedded().weight();
      double before = weight.get(6, 0);
      net.trainer(optimizer, 1).step(new float[4], new int[] {0, 1}, new float[] {1});
      assertThat(weight.get(6, 0)).as("%s", optimizer).isNotEqualTo(before);
    }
    SeveralInputsTest_ClickNetwork net = new SeveralInputsTest_ClickNetwork(1);
    SeveralInputsTest_ClickNetwork.Trainer trainer = net.trainer(Sgd.of(0.1).momentum(0.9), 1);
    trainer.step(new float[4], new int[] {6, 1}, new float[] {1});
    double before = net.embedded().weight().get(6, 0);
    trainer.step(new float[4], new int[] {0, 1}, new float[] {1});
    assertThat(net.embedded().weight().get(6, 0)).isNotEqualTo(before);
    SeveralInputsTest_ClickNetwork plain = new SeveralInputsTest_ClickNetwork(1);
    before = plain.embedded().weight().get(6, 0);
    plain.trainer(Sgd.of(0.1), 1).step(new float[4], new int[] {0, 1}, new float[] {1});
    assertThat(plain.embedded().weight().get(6, 0)).isEqualTo(before);
  }

  @Test
  void classIndicesAlone() {
    SeveralInputsTest_TextNetwork net = new SeveralInputsTest_TextNetwork(1);
    int[] tokens = Data.labels(3, 4 * 5, 9);
    int[] labels = {0, 1, 2, 1};
    Tensor x = Tensor.of(tokens).unflatten(0, 4, 5);
    double[] y = net.forward(tokens);

    // one input, so one tensor is enough
    assertThat(net.forward(x)).isEqualTo(Tensor.of(y, 4, 3));
    assertThat(net.forward(new Tensor[] {x})).isEqualTo(Tensor.of(y, 4, 3));
    assertThat(net.predictor().predictClasses(x)).isEqualTo(net.predictClasses(tokens));
    assertThat(net.predictor().probabilities(x).toDoubleArray())
        .isEqualTo(net.probabilities(tokens));
    double loss = net.evaluate(tokens, labels);
    assertThat(net.evaluate(x, Tensor.of(labels))).isEqualTo(loss);
    SeveralInputsTest_TextNetwork copy = net.copy();
    assertThat(copy.trainer(Sgd.of(0.1), 4).step(x, Tensor.of(labels)))
        .isEqualTo(net.trainer(Sgd.of(0.1), 4).step(tokens, labels))
        .isEqualTo(loss);
    assertThat(copy.parameters()).isEqualTo(net.parameters());
    assertThat(net.input().name()).isEqualTo("input");
  }

  @Test
  void oneInputOfNumbersIsAsInTheAnnotationOfTheNetwork() {
    SeveralInputsTest_NamedNetwork net = new SeveralInputsTest_NamedNetwork(1);
    FloatTrainer.DenseTargets trainer = net.trainer(Sgd.of(0.1), 2);
    FloatPredictor predictor = net.predictor();
    float[] x = Data.floats(1, 12);
    float[] y = new float[4];
    predictor.forward(x, y);
    assertThat(net.forward(x)).isEqualTo(y);
    trainer.step(x, y);
    trainer.forward(x);
    trainer.backward(new float[] {1, 2, 3, 4});
    assertThat(trainer.inputGradient("pixels"))
        .isEqualTo(trainer.inputGradient())
        .matches(gradient -> Arrays.equals(gradient.shape(), new int[] {2, 1, 2, 3}));
    assertThatThrownBy(() -> trainer.inputGradient("input"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no input is named \"input\", expected \"pixels\": the network has one input, pass this name or none");
    assertThat(net.flat().from()).containsExactly("pixels");
    assertThat(net.pixels().shape()).containsExactly(1, 2, 3);
  }

  @Test
  void gradientsOfInputsHaveTheirShapes() {
    SeveralInputsTest_PairNetwork net = new SeveralInputsTest_PairNetwork(1);
    SeveralInputsTest_PairNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 3);
    float[] map = Data.floats(1, 12);
    float[] codes = Data.floats(2, 8);
    trainer.forward(map, codes);
    assertThat(trainer.output().toFloatArray()).isEqualTo(net.forward(map, codes));
    float[] seed = {1, 2, 3, 4};
    trainer.backward(seed);
    Tensor weight = net.out().weight();
    for (int r = 0; r < 2; r++) {
      for (int i = 0; i < 10; i++) {
        double expected = seed[2 * r] * weight.get(0, i) + seed[2 * r + 1] * weight.get(1, i);
        double found = i < 4
            ? trainer.inputGradient("zipCodes").get(r, i)
            : trainer.inputGradient("map").get(r, (i - 4) / 3, (i - 4) % 3);
        assertThat(found).isBetween(expected - 1e-5, expected + 1e-5);
      }
    }
    assertThat(trainer.inputGradient("map").shape()).containsExactly(2, 2, 3);
    // shaped or flat, a batch or a sample
    Tensor flat = Tensor.of(map, 2, 6);
    Tensor shaped = Tensor.of(map, 2, 2, 3);
    assertThat(net.forward(flat, Tensor.of(codes, 2, 4)))
        .isEqualTo(net.forward(shaped, Tensor.of(codes, 2, 4)));
    assertThat(
            net.forward(Tensor.of(Arrays.copyOf(map, 6), 2, 3), Tensor.of(Arrays.copyOf(codes, 4)))
                .shape())
        .containsExactly(2);
    assertThat(net.forward(
                Tensor.of(Arrays.copyOf(map, 6), 2, 3), Tensor.of(Arrays.copyOf(codes, 4), 1, 4))
            .shape())
        .containsExactly(1, 2);
  }

  @Test
  void normalizationsAreFittedToTheirInput() {
    SeveralInputsTest_NormalizedNetwork net = new SeveralInputsTest_NormalizedNetwork(1);
    net.fitNormalization(CATEGORIES, NUMBERS, 17);
    Model tensors = new SeveralInputsTest_NormalizedNetwork(1);
    Tensor kinds = Tensor.of(Arrays.copyOf(CATEGORIES, 17)).unflatten(0, 17, 1);
    tensors.fitNormalization(kinds, numbers(17));

    Map<String, Tensor> buffers = net.scaled().buffers();
    assertThat(tensors.layer(0).buffers()).isEqualTo(buffers);
    double sum = 0;
    for (int r = 0; r < 17; r++) {
      sum += NUMBERS[4 * r + 2];
    }
    assertThat(buffers.get("mean").get(2)).isBetween(sum / 17 - 1e-6, sum / 17 + 1e-6);
    assertThatThrownBy(() -> tensors.fitNormalization(kinds, numbers(16)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("numbers is FLOAT32 of shape [16, 4], expected FLOAT32 of shape [17, 4]");
    assertThatThrownBy(() -> net.fitNormalization(CATEGORIES, NUMBERS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n is 0, expected at least 1 row");
    assertThat(net.scaled().buffers()).isEqualTo(buffers);
  }

  @Test
  void inputsAreDescribedButAreNoLayers() {
    SeveralInputsTest_ClickNetwork net = new SeveralInputsTest_ClickNetwork(1);
    Architecture architecture = net.architecture();

    assertThat(architecture.inputs().stream().map(Architecture.Input::name))
        .containsExactly("numbers", "categories");
    assertThat(architecture.inputs().get(0).classes()).isEmpty();
    assertThat(architecture.inputs().get(1).classes()).hasValue(7);
    assertThat(architecture.inputs().get(1).shape()).containsExactly(2);
    assertThat(net.layer(0)).isSameAs(net.embedded());
    assertThat(architecture.layers().get(0)).isSameAs(net.embedded());
    assertThat(net.embedded().type()).isEqualTo("Embedding");
    assertThat(net.embedded().from()).containsExactly("categories");
    assertThat(net.embedded().shape()).containsExactly(2, 3);
    assertThat(net.embedded().options()).hasToString("{num_embeddings=7, embedding_dim=3}");
    assertThat(net.embedded().weight().shape()).containsExactly(7, 3);
    assertThatThrownBy(() -> net.embedded().bias()).isInstanceOf(NoSuchElementException.class);
    Layer input = net.categories();
    assertThat(input).isSameAs(architecture.inputs().get(1));
    assertThat(input.type()).isEqualTo("Input");
    assertThat(input.options()).hasToString("{classes=7}");
    assertThat(net.numbers().options()).isEmpty();
    assertThat(input.from()).isEmpty();
    assertThat(input.parameters()).isEmpty();
    assertThatThrownBy(input::weight)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("input \"categories\" has no weight");
    assertThat(net.summary()).contains("Embedding (embedded): 1-1", "[1, 2, 3]", "21");
    assertThat(net.parameters().keySet())
        .containsExactly(
            "embedded.weight", "hidden.weight", "hidden.bias", "click.weight", "click.bias");
    // in the order of declaration, as PyTorch draws them
    Tensor drawn = new Generator().manualSeed(1).randn(7, 3);
    assertThat(net.embedded().weight()).isEqualTo(drawn);
  }

  @Test
  void filesHoldEmbeddings(@TempDir Path directory) throws Exception {
    SeveralInputsTest_ClickNetwork net = new SeveralInputsTest_ClickNetwork(1);
    net.save(directory.resolve("click"));
    Model other = new SeveralInputsTest_ClickNetwork(2);
    other.load(directory.resolve("click"));

    assertThat(other.parameters()).isEqualTo(net.parameters());
    assertThat(Map.copyOf(net.copy().parameters())).isEqualTo(Map.copyOf(net.parameters()));
  }

  @Test
  void nothingIsAllocated() {
    SeveralInputsTest_ClickNetwork net = new SeveralInputsTest_ClickNetwork(1);
    SeveralInputsTest_ClickNetwork.Predictor predictor = net.predictor();
    SeveralInputsTest_ClickNetwork.Trainer plain = net.trainer(Sgd.of(0.001), ROWS);
    SeveralInputsTest_ClickNetwork.Trainer adam = net.trainer(Adam.of(0.001), ROWS);
    float[] y = new float[ROWS];
    int[] classes = new int[ROWS];
    float[] row = new float[4];
    int[] indices = {3, 4};

    assertThat(AllocatedBytes.least(() -> {
          predictor.forward(NUMBERS, CATEGORIES, y);
          predictor.forward(NUMBERS, CATEGORIES, 3, y);
          predictor.predictClass(row, indices);
          predictor.predictClasses(NUMBERS, CATEGORIES, 5, classes);
          predictor.probabilities(NUMBERS, CATEGORIES, 5, y);
          plain.step(NUMBERS, CATEGORIES, CLICKS);
          plain.step(NUMBERS, CATEGORIES, 1, CLICKS);
          adam.zeroGrad();
          adam.forward(NUMBERS, CATEGORIES);
          adam.loss(CLICKS);
          adam.backward();
          adam.update();
          adam.evaluate(NUMBERS, CATEGORIES, CLICKS);
        }))
        .isZero();
  }
}
