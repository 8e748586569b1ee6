package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The same declaration, seed and data give the same bits: on any JDK and machine, those that are written here. */
class BitsTest {

  private static final int STEPS = 200;

  @Test
  void aClassifierInFloat() {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(5);
    Nets_ClassesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1).momentum(0.9), 7);
    for (int i = 0; i < STEPS; i++) {
      trainer.step(Data.floats(i, 7 * 5), Data.labels(i, 7, 4));
    }
    assertThat(hash(net)).isEqualTo(2861756697L);
  }

  @Test
  void aBranchingGraphInDouble() {
    Nets_BranchesNetwork net = new Nets_BranchesNetwork(5);
    Nets_BranchesNetwork.Trainer trainer = net.trainer(Adam.of(0.01), 9);
    for (int i = 0; i < STEPS; i++) {
      trainer.step(Data.doubles(i, 9 * 6), Data.doubles(i + 1, 9 * 3));
    }
    assertThat(hash(net)).isEqualTo(478024560L);
  }

  @Test
  void probabilitiesInFloat() {
    Nets_ProbabilityNetwork net = new Nets_ProbabilityNetwork(5);
    Nets_ProbabilityNetwork.Trainer trainer = net.trainer(Sgd.of(0.01), 8);
    for (int i = 0; i < STEPS; i++) {
      float[] targets = new float[8];
      int[] labels = Data.labels(i, 8, 2);
      for (int r = 0; r < 8; r++) {
        targets[r] = labels[r];
      }
      trainer.step(Data.floats(i, 8 * 3), targets);
    }
    assertThat(hash(net)).isEqualTo(3237779283L);
  }

  /** A checksum of the bits of all parameters. */
  private static long hash(Model model) {
    CRC32 checksum = new CRC32();
    for (Tensor parameter : model.parameters().values()) {
      for (double value : parameter.toDoubleArray()) {
        checksum.update(ByteBuffer.allocate(8).putDouble(value).array());
      }
    }
    return checksum.getValue();
  }
}
