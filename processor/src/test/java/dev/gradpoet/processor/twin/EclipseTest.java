package dev.gradpoet.processor.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.testing.Eclipse;
import dev.gradpoet.processor.testing.FileCompiler;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compiler of Eclipse runs the processor, finds nothing to say of what is generated, and makes classes of the same bits as javac. */
class EclipseTest {

  private static final int ROWS = 5;

  @TempDir
  private Path directory;

  @Test
  void findsNothingUnusedInAFewNetworksAndComputesTheSameBits() {
    List<Net> nets = new ArrayList<>(RandomNets.of(4, 18));
    nets.addAll(Sample.oneIn(4, Nets.layers()));
    requireNothingUnusedAndTheSameBits("required", nets);
  }

  @Test
  void findsNothingUnusedInABatchNormOfANetworkWithoutAPassOfASingleRow() {
    String source = """
        package a;
        import dev.gradpoet.*;
        import dev.gradpoet.runtime.Layer;
        @Network(input = {3, 4})
        interface A {
          @Linear(out = 5) Layer rows();
          @Flatten Layer flat();
          @BatchNorm(activation = Activation.SOFTMAX) Layer normed();
        }
        """;

    Eclipse ecj = new Eclipse(directory).compile(Map.of("a.A", source), "-Agradpoet.simd=required");

    assertThat(ecj.complaints())
        .filteredOn(line -> line.contains("ERROR") || line.contains("Network.java"))
        .isEmpty();
  }

  @ParameterizedTest
  @Tag("exhaustive")
  @ValueSource(strings = {"off", "required"})
  void findsNothingUnusedAndComputesTheSameBits(String simd) {
    List<Net> nets = new ArrayList<>(RandomNets.of(40, 18));
    nets.addAll(Nets.graphs());
    nets.addAll(Nets.layers());
    requireNothingUnusedAndTheSameBits(simd, nets);
  }

  private void requireNothingUnusedAndTheSameBits(String simd, List<Net> nets) {
    Map<String, String> sources = new LinkedHashMap<>();
    nets.forEach(net -> sources.put(net.qualifiedName(), net.source()));

    Eclipse ecj = new Eclipse(directory).compile(sources, "-Agradpoet.simd=" + simd);

    assertThat(ecj.complaints())
        .filteredOn(line -> line.contains("ERROR") || line.contains("Network.java"))
        .isEmpty();
    ClassLoader ofEclipse = ecj.loader();
    ClassLoader ofJavac = Nets.compile(nets);
    for (Net net : nets) {
      assertThat(afterAnUpdate(Nets.load(ofEclipse, net, 7), net))
          .as(net.source())
          .isEqualTo(afterAnUpdate(Nets.load(ofJavac, net, 7), net));
    }
  }

  private static List<Tensor> afterAnUpdate(Model model, Net net) {
    Batch batch = Batch.dense(net, ROWS, 3);
    Trainer trainer = model.trainer(Sgd.of(0.1).momentum(0.9), ROWS);
    trainer.zeroGrad();
    trainer.forward(batch.tensors(net));
    trainer.backward(Batch.tensor(net.dtype(), batch.targets()));
    trainer.update();
    List<Tensor> all = new ArrayList<>(model.parameters().values());
    all.add(model.forward(batch.tensors(net)));
    return all;
  }

  @Test
  void seesTheVectorsOfItsJdkWithoutAnOptionAndSaysSo() {
    Eclipse ecj = new Eclipse(directory)
        .compile(Map.of("a.A", "package a; @dev.gradpoet.Network(layers = {2, 1}) interface A {}"));

    assertThat(ecj.complaints()).isEmpty();
    assertThat(ecj.said()).containsExactly("NOTE A.java:1 " + FileCompiler.WITH_VECTORS);
  }
}
