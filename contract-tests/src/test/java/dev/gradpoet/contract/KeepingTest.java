package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.LoadOption;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Saving and loading: a resumed run continues with the same bits as an uninterrupted one. */
class KeepingTest {

  private static final double[] X = Data.doubles(3, 9 * 6);
  private static final double[] Y = Data.doubles(4, 9 * 3);

  @TempDir
  private Path directory;

  static List<Optimizer> optimizers() {
    return List.of(
        Sgd.of(0.05),
        Sgd.of(0.05).momentum(0.9).nesterov(true),
        Adam.of(0.01).amsgrad(true).weightDecay(0.1),
        AdamW.of(0.01),
        RmsProp.of(0.01).centered(true).momentum(0.5),
        Adagrad.of(0.05).lrDecay(0.01).initialAccumulatorValue(0.1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aResumedRunEndsWithTheBitsOfAnUninterruptedOne(Optimizer optimizer) throws IOException {
    Nets_BranchesNetwork whole = new Nets_BranchesNetwork(1);
    Nets_BranchesNetwork.Trainer unstopped = whole.trainer(optimizer, 9);
    Path parameters = directory.resolve("net.safetensors");
    Path state = directory.resolve("trainer.safetensors");
    for (int i = 0; i < 100; i++) {
      if (i == 50) {
        unstopped.learningRate(0.02);
        whole.save(parameters);
        Safetensors.save(state, unstopped.state());
      }
      unstopped.step(X, Y);
    }
    Nets_BranchesNetwork resumed = new Nets_BranchesNetwork(99);
    Nets_BranchesNetwork.Trainer trainer = resumed.trainer(optimizer, 9);
    trainer.step(X, Y);
    resumed.load(parameters);
    trainer.loadState(Safetensors.load(state));
    for (int i = 50; i < 100; i++) {
      trainer.step(X, Y);
    }

    assertThat(resumed.parameters()).isEqualTo(whole.parameters());
    assertThat(trainer.state()).isEqualTo(unstopped.state());
  }

  @Test
  void aGeneratorContinuesFromItsState() throws IOException {
    Generator generator = new Generator().manualSeed(5);
    generator.randn(7);
    Path file = directory.resolve("generator.safetensors");
    Safetensors.save(file, Map.of("generator", generator.getState()));
    Tensor next = generator.randn(3);

    Generator resumed = new Generator().setState(Safetensors.load(file).get("generator"));
    assertThat(resumed.randn(3)).isEqualTo(next);
    assertThat(resumed.randperm(50)).isEqualTo(generator.randperm(50));
    assertThatThrownBy(() -> resumed.setState(Tensor.of(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected INT64 of shape [626]");
  }

  @Test
  void aFileOfAnNnSequentialIsLoadedByItsNames() throws IOException {
    // Sequential counts the activation between the layers: 0 and 2.
    Nets_ClassesNetwork source = new Nets_ClassesNetwork(7);
    Map<String, Tensor> sequential = new LinkedHashMap<>();
    sequential.put("0.weight", source.layer(0).weight());
    sequential.put("0.bias", source.layer(0).bias());
    sequential.put("2.weight", source.layer(1).weight());
    sequential.put("2.bias", source.layer(1).bias());
    Path file = directory.resolve("sequential.safetensors");
    Safetensors.save(file, sequential);
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(1);

    assertThatThrownBy(() -> net.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "the names differ, but the shapes match in order: pass Map.of(\"2.weight\", \"1.weight\", \"2.bias\", \"1.bias\")");
    assertThat(net.parameters()).isEqualTo(new Nets_ClassesNetwork(1).parameters());
    net.load(file, Map.of("2.weight", "1.weight", "2.bias", "1.bias"));
    assertThat(net.parameters()).isEqualTo(source.parameters());
  }

  @Test
  void extrasAndMetadataAreSavedWithANetwork() throws IOException {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(7);
    Map<String, Tensor> scaler =
        Map.of("scaler.mean", Tensor.of(1.5, 2.5), "scaler.std", Tensor.of(0.5, 2));
    Path file = directory.resolve("net.safetensors");
    net.save(file, scaler, Map.of("classes", "cat, dog"));
    Nets_ClassesNetwork other = new Nets_ClassesNetwork(1);
    Safetensors loaded = other.load(file);

    assertThat(other.parameters()).isEqualTo(net.parameters());
    assertThat(loaded.extras()).isEqualTo(scaler);
    assertThat(loaded.tensors()).containsAllEntriesOf(scaler);
    assertThat(loaded.tensor("scaler.std")).isEqualTo(Tensor.of(0.5, 2));
    assertThat(loaded.metadata()).isEqualTo(Map.of("classes", "cat, dog"));
    assertThat(other.load(file, Map.of()).metadata()).isEqualTo(loaded.metadata());
    assertThatThrownBy(() -> net.save(file, Map.of("0.bias", Tensor.of(1f)), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.bias");
  }

  @Test
  void weightsAreLoadedFromStreamsAndArraysWithOtherNames() throws IOException {
    Model source = new Nets_ClassesNetwork(7);
    Path file = directory.resolve("net.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    source.parameters().forEach((name, tensor) -> tensors.put(name.replace("1.", "2."), tensor));
    tensors.put("left.over", Tensor.of(1));
    Safetensors.save(file, tensors);
    Map<String, String> names = Map.of("2.weight", "1.weight", "2.bias", "1.bias");
    Safetensors read;
    try (InputStream in = Files.newInputStream(file)) {
      read = Safetensors.read(in);
    }
    for (Safetensors each : List.of(read, Safetensors.read(Files.readAllBytes(file)))) {
      Model net = new Nets_ClassesNetwork(1);
      assertThatThrownBy(() -> net.load(each)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> net.load(each, LoadOption.IGNORE_UNKNOWN))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> net.load(each, names))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("it has [left.over], which is unknown");
      assertThat(net.parameters()).isEqualTo(new Nets_ClassesNetwork(1).parameters());
      net.load(each, names, LoadOption.IGNORE_UNKNOWN);
      assertThat(net.parameters()).isEqualTo(source.parameters());
    }
    Model net = new Nets_ClassesNetwork(1);
    net.load(file, names, LoadOption.IGNORE_UNKNOWN);
    assertThat(net.parameters()).isEqualTo(source.parameters());

    source.save(file, Map.of("x", Tensor.of(1)), Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(file);
    Model ofStream = new Nets_ClassesNetwork(1);
    Model ofBytes = new Nets_ClassesNetwork(1);
    assertThat(ofStream.load(new ByteArrayInputStream(bytes)).metadata()).containsEntry("k", "v");
    assertThat(ofBytes.load(bytes).extras()).containsOnlyKeys("x");
    assertThat(ofStream.parameters()).isEqualTo(source.parameters());
    assertThat(ofBytes.parameters()).isEqualTo(source.parameters());
    assertThatThrownBy(() -> net.load((Safetensors) null)).hasMessage("file is null");
    assertThatThrownBy(() -> net.load((byte[]) null)).hasMessage("bytes is null");
    assertThatThrownBy(() -> net.load((Path) null)).hasMessage("path is null");
    assertThatThrownBy(() -> net.save(null)).hasMessage("path is null");
    assertThatThrownBy(() -> net.save(file, null, Map.of())).hasMessage("extras is null");
    assertThatThrownBy(() -> net.save(file, Map.of(), null)).hasMessage("metadata is null");
  }

  @Test
  void aFileOfFloat32IsLoadedIntoANetworkOfFloat64() throws IOException {
    Nets_BranchesNetwork wide = new Nets_BranchesNetwork(3);
    Map<String, Tensor> narrow = new LinkedHashMap<>();
    wide.parameters().forEach((name, tensor) -> narrow.put(name, tensor.to(DType.FLOAT32)));
    Path file = directory.resolve("narrow.safetensors");
    Safetensors.save(file, narrow);
    wide.load(file);
    wide.parameters()
        .forEach(
            (name, tensor) -> assertThat(tensor).isEqualTo(narrow.get(name).to(DType.FLOAT64)));
  }

  @Test
  void theStateOfAnotherOptimizerIsRejected() {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(1);
    Nets_ClassesNetwork.Trainer adam = net.trainer(Adam.of(0.1), 4);
    Map<String, Tensor> before = adam.state();
    assertThatThrownBy(() -> adam.loadState(net.trainer(Sgd.of(0.1), 4).state()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it is that of another network or optimizer");
    assertThat(adam.state()).isEqualTo(before);
    assertThat(before)
        .containsKeys("step", "learning_rate", "0.weight.exp_avg", "1.bias.exp_avg_sq");
  }
}
