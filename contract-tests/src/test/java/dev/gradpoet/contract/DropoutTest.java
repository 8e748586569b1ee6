package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropout in training and in inference, and the generator that its masks come from. */
class DropoutTest {

  private static final float[] X = Data.floats(3, 5 * 6);
  private static final float[] Y = Data.floats(4, 5 * 3);

  @TempDir
  private Path directory;

  @Test
  void aMaskIsADrawOf53BitsAValueInTheOrderOfLayersRowsAndValues() {
    Nets_MaskedNetwork net = new Nets_MaskedNetwork(5);
    Nets_MaskedNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 5);
    float[] plain = net.copy().forward(X);
    Generator generator = new Generator().setState(trainer.state().get("generator"));
    for (int n : new int[] {5, 1, 3}) {
      double[] draws = generator.rand(DType.FLOAT64, n * 6).toDoubleArray();
      trainer.forward(X, n);
      float[] output = trainer.output().toFloatArray();
      for (int i = 0; i < n * 6; i++) {
        float factor = draws[i] < 1 - 0.3 ? 1 / (float) (1 - 0.3) : 0;
        assertThat(output[i]).isEqualTo(plain[i] * factor);
      }
    }
    assertThat(trainer.state()).containsEntry("generator", generator.getState());
  }

  @Test
  void aDropoutDescribesItself() {
    Layer layer = new Nets_MaskedNetwork(0).masked();

    assertThat(layer.type()).isEqualTo("Dropout");
    assertThat(layer.options()).isEqualTo(Map.of("p", 0.3));
    assertThat(layer.parameters()).isEmpty();
    assertThat(new Nets_MaskedNetwork(0).summary()).contains("Dropout");
  }

  @Test
  void inferenceIsTrainingThatDropsNothing() {
    Nets_DroppingNetwork net = new Nets_DroppingNetwork(5);
    Nets_DroppingNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 5);
    Nets_UndroppedNetwork.Trainer undropped = new Nets_UndroppedNetwork(5).trainer(Sgd.of(0.1), 5);
    Tensor before = trainer.state().get("generator");
    for (int n : new int[] {1, 2, 5}) {
      float[] x = Arrays.copyOf(X, n * 6);
      float[] y = Arrays.copyOf(Y, n * 3);
      undropped.forward(x);
      float[] expected = undropped.output().toFloatArray();
      float[] predicted = new float[n * 3];
      net.predictor().forward(x, predicted);

      assertThat(net.forward(x)).isEqualTo(expected);
      assertThat(predicted).isEqualTo(expected);
      assertThat(net.evaluate(x, y)).isEqualTo(undropped.loss(y));
      assertThat(trainer.evaluate(x, y)).isEqualTo(undropped.loss(y));
    }
    assertThat(trainer.state()).containsEntry("generator", before);
  }

  @Test
  void aStepOfOneRowIsTraining() {
    Nets_DroppingNetwork net = new Nets_DroppingNetwork(5);
    Nets_DroppingNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 5);
    Tensor before = trainer.state().get("generator");

    float loss = trainer.step(X, 1, Y);

    assertThat(trainer.state().get("generator")).isNotEqualTo(before);
    assertThat(loss).isNotEqualTo(new Nets_DroppingNetwork(5).evaluate(X, 1, Y));
  }

  @Test
  void nothingAndEverythingIsDroppedWithoutADraw() {
    Nets_ExtremesNetwork net = new Nets_ExtremesNetwork(5);
    Nets_ExtremesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 4);
    double[] x = Data.doubles(1, 4 * 3);
    Tensor before = trainer.state().get("generator");

    trainer.forward(x);

    double[] inference = net.forward(x);
    for (int i = 0; i < 4 * 4; i++) {
      double output = trainer.output().get(i / 4, i % 4);
      assertThat(output).isEqualTo(i % 4 < 2 ? inference[i] : 0.0);
    }
    trainer.backward(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
    assertThat(trainer.gradient("all.weight")).isEqualTo(Tensor.zeros(DType.FLOAT64, 2, 3));
    assertThat(trainer.gradient("none.bias")).isEqualTo(Tensor.of(4.0, 4.0));
    assertThat(trainer.state()).containsEntry("generator", before);
  }

  @Test
  void theNetworkKeepsTheGeneratorThatItWasGiven() {
    Generator g = new Generator().manualSeed(7);
    Nets_DroppingNetwork net = new Nets_DroppingNetwork(g);
    Nets_DroppingNetwork.Trainer one = net.trainer(Sgd.of(0.1), 5);
    Nets_DroppingNetwork.Trainer other = net.trainer(Sgd.of(0.1), 5);

    one.forward(X);
    one.forward(X);
    assertThat(other.state()).containsEntry("generator", g.getState());
    g.manualSeed(9);
    one.forward(X);
    Tensor first = Tensor.of(one.output().toFloatArray());
    g.manualSeed(9);
    other.forward(X);
    assertThat(Tensor.of(other.output().toFloatArray())).isEqualTo(first);
  }

  @Test
  void aCopyGoesOnFromTheSameStateOnItsOwn() {
    Nets_DroppingNetwork net = new Nets_DroppingNetwork(5);
    net.trainer(Sgd.of(0.1), 5).forward(X);
    Nets_DroppingNetwork copy = net.copy();
    Nets_DroppingNetwork.Trainer trainer = net.trainer(Adam.of(0.01), 5);
    Nets_DroppingNetwork.Trainer ofCopy = copy.trainer(Adam.of(0.01), 5);
    for (int i = 0; i < 10; i++) {
      trainer.step(X, Y);
    }
    for (int i = 0; i < 10; i++) {
      ofCopy.step(X, Y);
    }

    assertThat(copy.parameters()).isEqualTo(net.parameters());
    assertThat(ofCopy.state()).isEqualTo(trainer.state());
  }

  @Test
  void aResumedRunEndsWithTheBitsOfOneThatWasNotStopped() throws IOException {
    Nets_DroppingNetwork whole = new Nets_DroppingNetwork(1);
    Nets_DroppingNetwork.Trainer unstopped = whole.trainer(Adam.of(0.01), 5);
    Path parameters = directory.resolve("net.safetensors");
    Map<String, Tensor> state = Map.of();
    for (int i = 0; i < 20; i++) {
      if (i == 10) {
        whole.save(parameters);
        state = unstopped.state();
      }
      unstopped.step(X, Y);
    }
    Nets_DroppingNetwork resumed = new Nets_DroppingNetwork(99);
    Nets_DroppingNetwork.Trainer trainer = resumed.trainer(Adam.of(0.01), 5);
    trainer.step(X, Y);
    Tensor before = trainer.state().get("generator");
    resumed.load(parameters);
    assertThat(trainer.state()).containsEntry("generator", before);
    trainer.loadState(state);
    for (int i = 10; i < 20; i++) {
      trainer.step(X, Y);
    }

    assertThat(resumed.parameters()).isEqualTo(whole.parameters());
    assertThat(trainer.state()).isEqualTo(unstopped.state());
  }

  @Test
  void aStateWithoutItsGeneratorOrWithAWrongOneChangesNothing() {
    Nets_DroppingNetwork net = new Nets_DroppingNetwork(5);
    Nets_DroppingNetwork.Trainer trainer = net.trainer(Adam.of(0.01), 5);
    trainer.step(X, Y);
    Map<String, Tensor> state = trainer.state();
    Map<String, Tensor> other =
        new Nets_DroppingNetwork(9).trainer(Adam.of(0.01), 5).state();
    for (Tensor wrong : Arrays.asList(null, Tensor.of(1, 2), negative())) {
      Map<String, Tensor> broken = new LinkedHashMap<>(other);
      if (wrong == null) {
        broken.remove("generator");
      } else {
        broken.put("generator", wrong);
      }
      assertThatThrownBy(() -> trainer.loadState(broken))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(trainer.state()).isEqualTo(state);
    }
    assertThat(new Nets_ClassesNetwork(5).trainer(Adam.of(0.01), 5).state())
        .doesNotContainKey("generator");
  }

  private static Tensor negative() {
    long[] words = new long[626];
    words[0] = -1;
    return Tensor.of(words);
  }

  @Test
  void stepsAllocateNothing() {
    Nets_DroppingNetwork.Trainer trainer = new Nets_DroppingNetwork(1).trainer(Sgd.of(0.1), 5);

    assertThat(AllocatedBytes.least(() -> {
          trainer.step(X, Y);
          trainer.step(X, 1, Y);
          trainer.forward(X);
          trainer.loss(Y);
          trainer.backward();
          trainer.update();
          trainer.evaluate(X, 5, Y);
        }))
        .isZero();
  }
}
