package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Activation;
import dev.gradpoet.BatchNorm;
import dev.gradpoet.DType;
import dev.gradpoet.Flatten;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.LoadOption;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch norms in training and in inference, and their buffers in everything that keeps a network. */
class BatchNormTest {

  @Network(input = 3, loss = Loss.MSE)
  interface Normed extends Serializable {
    @Linear(out = 6)
    Layer hidden();

    @BatchNorm(eps = 1e-3, momentum = 0.25, activation = Activation.GELU)
    Layer bn();

    @Linear(out = 2)
    Layer out();
  }

  /** A norm alone, whose parameters are not affine. */
  @Network(input = 3, loss = Loss.MSE, dtype = DType.FLOAT64)
  interface Plain extends Serializable {
    @BatchNorm(affine = false)
    Layer bn();

    @Linear(out = 1)
    Layer out();
  }

  /** A norm behind rows of a map. */
  @Network(
      input = {2, 3},
      loss = Loss.MSE)
  interface OfMap {
    @Linear(out = 4, activation = Activation.TANH)
    Layer rows();

    @Flatten
    Layer flat();

    @BatchNorm
    Layer bn();
  }

  private static final float[] X = Data.floats(3, 5 * 3);
  private static final float[] Y = Data.floats(4, 5 * 2);

  @TempDir
  private Path directory;

  private final BatchNormTest_NormedNetwork net = new BatchNormTest_NormedNetwork(5);
  private final BatchNormTest_NormedNetwork.Trainer trainer = net.trainer(Adam.of(0.01), 5);

  private static Map<String, Tensor> values(Layer bn) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    bn.buffers().forEach((name, view) -> values.put(name, view.to(view.dtype())));
    return values;
  }

  @Test
  void aBatchNormDescribesItself() {
    assertThat(net.bn().type()).isEqualTo("BatchNorm1d");
    assertThat(net.bn().options())
        .hasToString("{num_features=6, eps=0.001, momentum=0.25, affine=true}");
    assertThat(net.bn().weight()).isEqualTo(Tensor.of(1f, 1, 1, 1, 1, 1));
    assertThat(net.bn().bias()).isEqualTo(Tensor.of(0f, 0, 0, 0, 0, 0));
    assertThat(net.bn().buffers())
        .containsExactly(
            Map.entry("running_mean", Tensor.of(0f, 0, 0, 0, 0, 0)),
            Map.entry("running_var", Tensor.of(1f, 1, 1, 1, 1, 1)),
            Map.entry("num_batches_tracked", Tensor.zeros(DType.INT64)));
    assertThat(new BatchNormTest_PlainNetwork(0).bn().parameters()).isEmpty();
    assertThat(net.hidden().buffers()).isEmpty();
  }

  @Test
  void buffersAreNoParameters() {
    assertThat(net.parameters())
        .containsOnlyKeys(
            "hidden.weight", "hidden.bias", "bn.weight", "bn.bias", "out.weight", "out.bias");
    assertThat(net.summary().lines())
        .contains(
            "├─BatchNorm1d (bn): 1-2                  [1, 6]                    12",
            "Total params: 50",
            "Non-trainable params: 0");
    assertThat(trainer.state().keySet()).noneMatch(name -> name.contains("running"));
    assertThatThrownBy(() -> trainer.gradient("bn.running_mean"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(BatchNormTest_NormedNetwork.PARAMETERS).isEqualTo(50);
  }

  @Test
  void trainingNormalizesByTheBatchAndMovesTheRunningStatistics() {
    BatchNormTest_PlainNetwork plain = new BatchNormTest_PlainNetwork(1);
    BatchNormTest_PlainNetwork.Trainer ofPlain = plain.trainer(Sgd.of(0.1), 4);
    double[] x = {1, 10, 7, 2, 20, 7, 3, 30, 7, 6, 20, 7};

    ofPlain.forward(x);

    double[] w = plain.out().weight().toDoubleArray();
    double b = plain.out().bias().get(0);
    double[] mean = {3, 20, 7};
    double[] biased = {3.5, 50, 0};
    for (int r = 0; r < 4; r++) {
      double expected = b;
      for (int i = 0; i < 3; i++) {
        expected += w[i] * (x[3 * r + i] - mean[i]) / Math.sqrt(biased[i] + 1e-5);
      }
      assertThat(ofPlain.output().get(r, 0)).isCloseTo(expected, within(1e-14));
    }
    double[] running = plain.bn().buffers().get("running_mean").toDoubleArray();
    double[] variance = plain.bn().buffers().get("running_var").toDoubleArray();
    for (int i = 0; i < 3; i++) {
      assertThat(running[i]).isCloseTo(0.1 * mean[i], within(1e-14));
      assertThat(variance[i]).isCloseTo(0.9 + 0.1 * biased[i] * 4 / 3, within(1e-14));
    }
    assertThat(plain.bn().buffers().get("num_batches_tracked").getLong()).isEqualTo(1);
    ofPlain.forward(x, 2);
    assertThat(plain.bn().buffers().get("num_batches_tracked").getLong()).isEqualTo(2);
  }

  @Test
  void inferenceTakesTheRunningStatisticsAndLeavesThem() {
    trainer.step(X, Y);
    Map<String, Tensor> before = values(net.bn());
    float[] all = net.forward(X);
    float[] predicted = new float[10];
    net.predictor().forward(X, predicted);

    assertThat(predicted).isEqualTo(all);
    for (int r = 0; r < 5; r++) {
      assertThat(net.forward(Arrays.copyOfRange(X, 3 * r, 3 * r + 3)))
          .containsExactly(Arrays.copyOfRange(all, 2 * r, 2 * r + 2));
    }
    assertThat(trainer.evaluate(X, Y)).isEqualTo(net.evaluate(X, Y));
    assertThat(values(net.bn())).isEqualTo(before);
    net.bn().buffers().get("running_mean").set(0.5, 3);
    assertThat(net.forward(X)).isNotEqualTo(all);
  }

  @Test
  void theFlattenedValuesOfAMapAreNormalizedEachByItself() {
    BatchNormTest_OfMapNetwork map = new BatchNormTest_OfMapNetwork(2);
    BatchNormTest_OfMapNetwork.Trainer ofMap = map.trainer(Sgd.of(0.1), 3);
    float[] x = Data.floats(6, 3 * 6);

    ofMap.forward(x);

    assertThat(map.bn().shape()).containsExactly(8);
    assertThat(map.bn().buffers().get("running_mean").shape()).containsExactly(8);
    for (int i = 0; i < 8; i++) {
      double sum = 0;
      double squares = 0;
      for (int r = 0; r < 3; r++) {
        double y = ofMap.output().get(r, i);
        sum += y;
        squares += y * y;
      }
      assertThat(sum).isCloseTo(0, within(1e-5));
      assertThat(squares / 3).isLessThan(1).isCloseTo(1, within(0.1));
    }
    float[] all = map.forward(x);
    assertThat(map.forward(Arrays.copyOfRange(x, 6, 12)))
        .containsExactly(Arrays.copyOfRange(all, 8, 16));
  }

  @Test
  void aTrainingPassOfOneRowIsRefusedBeforeAnythingChanges() {
    trainer.forward(X);
    trainer.loss(Y);
    Map<String, Tensor> buffers = values(net.bn());
    Tensor output = trainer.output().to(DType.FLOAT64);
    String message =
        "the batch has 1 row, expected at least 2: the batch norm \"bn\" normalizes by the variance of the batch in training";

    assertThatThrownBy(() -> trainer.forward(X, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> trainer.forward(Tensor.of(new float[][] {{1, 2, 3}})))
        .hasMessage(message);
    assertThatThrownBy(() -> trainer.step(X, 1, Y)).hasMessage(message);

    assertThat(values(net.bn())).isEqualTo(buffers);
    assertThat(trainer.output().to(DType.FLOAT64)).isEqualTo(output);
    BatchNormTest_NormedNetwork other = new BatchNormTest_NormedNetwork(5);
    BatchNormTest_NormedNetwork.Trainer undisturbed = other.trainer(Adam.of(0.01), 5);
    undisturbed.forward(X);
    undisturbed.loss(Y);
    undisturbed.backward();
    trainer.backward();
    for (String name : net.parameters().keySet()) {
      assertThat(trainer.gradient(name)).isEqualTo(undisturbed.gradient(name));
    }
    assertThat(net.forward(new float[] {1, 2, 3})).hasSize(2);
    assertThat(net.evaluate(X, 1, Y)).isFinite();
  }

  @Test
  void aCopyHasBuffersOfItsOwn() {
    trainer.step(X, Y);
    BatchNormTest_NormedNetwork copy = net.copy();
    assertThat(copy.bn().buffers()).isEqualTo(net.bn().buffers());
    Map<String, Tensor> before = values(copy.bn());

    trainer.step(X, Y);

    assertThat(values(copy.bn())).isEqualTo(before).isNotEqualTo(values(net.bn()));
  }

  @Test
  void aFileHoldsTheBuffers() throws IOException {
    Path file = directory.resolve("net.safetensors");
    trainer.step(X, Y);
    net.save(file, Map.of("extra", Tensor.of(1f)), Map.of());

    assertThat(Safetensors.load(file).keySet())
        .containsExactlyInAnyOrder(
            "hidden.weight",
            "hidden.bias",
            "bn.weight",
            "bn.bias",
            "bn.running_mean",
            "bn.running_var",
            "bn.num_batches_tracked",
            "out.weight",
            "out.bias",
            "extra");
    BatchNormTest_NormedNetwork loaded = new BatchNormTest_NormedNetwork(9);
    loaded.load(file);
    assertThat(loaded.bn().buffers()).isEqualTo(net.bn().buffers());
    assertThat(loaded.forward(X)).isEqualTo(net.forward(X));
    BatchNormTest_NormedNetwork read = new BatchNormTest_NormedNetwork(9);
    read.load(Safetensors.read(file));
    assertThat(read.bn().buffers()).isEqualTo(net.bn().buffers());
    assertThatThrownBy(() -> net.save(file, Map.of("bn.running_var", Tensor.of(1f)), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileMayLackTheNumberOfBatchesAndNothingElse() throws IOException {
    trainer.step(X, Y);
    Path whole = directory.resolve("whole.safetensors");
    net.save(whole);
    for (String without :
        new String[] {"bn.num_batches_tracked", "bn.running_mean", "bn.running_var", "bn.weight"}) {
      Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.load(whole));
      tensors.remove(without);
      Path file = directory.resolve(without + ".safetensors");
      Safetensors.save(file, tensors);
      for (boolean fromPath : new boolean[] {true, false}) {
        BatchNormTest_NormedNetwork other = new BatchNormTest_NormedNetwork(9);
        other.trainer(Sgd.of(0.1), 5).step(X, Y);
        if (without.equals("bn.num_batches_tracked")) {
          load(other, file, fromPath);
          assertThat(other.bn().buffers().get("num_batches_tracked").getLong()).isZero();
          assertThat(other.bn().buffers().get("running_mean"))
              .isEqualTo(net.bn().buffers().get("running_mean"));
        } else {
          Map<String, Tensor> before = values(other.bn());
          assertThatThrownBy(() -> load(other, file, fromPath))
              .isInstanceOf(IOException.class)
              .hasMessageContaining(without);
          assertThat(values(other.bn())).isEqualTo(before);
        }
      }
    }
  }

  private static void load(BatchNormTest_NormedNetwork net, Path file, boolean fromPath)
      throws IOException {
    if (fromPath) {
      net.load(file, LoadOption.IGNORE_UNKNOWN);
    } else {
      net.load(Safetensors.read(file));
    }
  }

  @Test
  void javasSerializationKeepsTheBuffers() throws IOException, ClassNotFoundException {
    trainer.step(X, Y);
    BatchNormTest_PlainNetwork plain = new BatchNormTest_PlainNetwork(1);
    plain.trainer(Sgd.of(0.1), 4).forward(Data.doubles(1, 12));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(net);
      out.writeObject(plain);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Normed read = (Normed) in.readObject();
      assertThat(read.bn().buffers()).isEqualTo(net.bn().buffers());
      assertThat(((BatchNormTest_NormedNetwork) read).parameters()).isEqualTo(net.parameters());
      assertThat(((Plain) in.readObject()).bn().buffers()).isEqualTo(plain.bn().buffers());
    }
  }

  @Test
  void stepsAllocateNothing() {
    assertThat(AllocatedBytes.least(() -> {
          trainer.step(X, Y);
          trainer.step(X, 2, Y);
          trainer.forward(X);
          trainer.loss(Y);
          trainer.backward();
          trainer.update();
          trainer.evaluate(X, 5, Y);
        }))
        .isZero();
  }
}
