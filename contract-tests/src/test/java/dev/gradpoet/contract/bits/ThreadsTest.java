package dev.gradpoet.contract.bits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several threads compute the bits of one, on the networks of {@link BitNets}, which only the force of a property divides. */
@Timeout(300)
class ThreadsTest {

  private static final String PROPERTY = "gradpoet.threads";
  private static final int[] THREADS = {2, 3, 7};

  @BeforeAll
  static void force() {
    System.setProperty(PROPERTY, "force");
  }

  @AfterAll
  static void release() {
    System.clearProperty(PROPERTY);
  }

  static List<BitsProgram.Work> works() {
    return BitsProgram.works();
  }

  @ParameterizedTest
  @MethodSource("works")
  void predictorsComputeTheBitsOfOneThread(BitsProgram.Work work) {
    Model model = work.model().get();
    for (int rows : new int[] {1, 2, 47, 130}) {
      Tensor[] x = BitsProgram.inputs(model, new Generator().manualSeed(rows), rows);
      Tensor expected = model.predictor().forward(x);
      for (int threads : THREADS) {
        try (Predictor predictor = model.predictor(threads)) {
          for (int call = 0; call < 3; call++) {
            assertThat(predictor.forward(x)).isEqualTo(expected);
          }
        }
      }
    }
  }
}
