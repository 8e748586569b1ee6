package dev.gradpoet.contract.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gradpoet.DType;
import dev.gradpoet.contract.AllocatedBytes;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Trains with every activation and every loss: C2 of JDK 17 would allocate the vectors of methods that are too long as objects. */
class BitNetsAllocationTest {

  /** Enough rows for the loops of a vector method to be compiled as for a real batch. */
  private static final int ROWS = 32;

  private static final Sgd SGD = Sgd.of(1e-4);

  private interface FloatStep {
    float step(float[] x, float[] y);
  }

  private interface ClassStep {
    float step(float[] x, int[] y);
  }

  private interface DoubleStep {
    double step(double[] x, double[] y);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void stepsAllocateNothing(String network, Runnable step) {
    assertThat(AllocatedBytes.least(step)).isZero();
  }

  /**
   * C2 takes the class of a vector from the profile of the method that uses it, or else from that of the Vector API's method, which all widths share.
   * Threads that run a method for the first time at the same moment can spoil its own profile, so the shared one must know a single width, too. Without
   * speculation, C2 has the shared one alone.
   */
  @Tag("exhaustive")
  @Test
  void stepsAllocateNothingIfC2KnowsTheProfilesOfTheVectorApiAlone() throws Exception {
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector",
        "-Xbatch",
        "-XX:-UseTypeSpeculation",
        "-cp",
        System.getProperty("java.class.path"),
        Program.class.getName());
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    List<String> lines;
    try (InputStream out = process.getInputStream()) {
      lines = new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }

    assertThat(process.waitFor()).isZero();
    assertThat(lines)
        .isEqualTo(stepsAllocateNothing().map(each -> each.get()[0] + " 0").toList());
  }

  /** Predicts single rows, which have kernels of their own, and prints the bytes that a step of each network allocates. */
  static final class Program {

    private static final int FOR_A_PROFILE = 2000;

    public static void main(String[] args) {
      for (BitsProgram.Work work : BitsProgram.works()) {
        Model model = work.model().get();
        Tensor[] row = BitsProgram.inputs(model, new Generator().manualSeed(1), 1);
        Predictor predictor = model.predictor();
        for (int i = 0; i < FOR_A_PROFILE; i++) {
          predictor.forward(row);
        }
      }
      stepsAllocateNothing().forEach(each -> {
        Object[] step = each.get();
        System.out.println(step[0] + " " + AllocatedBytes.least((Runnable) step[1]));
      });
    }
  }

  private static Stream<Arguments> stepsAllocateNothing() {
    return Stream.of(
        arguments(
            "CrossEntropy",
            classes(9, 5, new BitNets_CrossEntropyNetwork(1).trainer(SGD, ROWS)::step)),
        arguments("Mse", floats(5, 1, new BitNets_MseNetwork(2).trainer(SGD, ROWS)::step)),
        arguments("L1", floats(6, 3, new BitNets_L1Network(3).trainer(SGD, ROWS)::step)),
        arguments(
            "SmoothL1", floats(7, 2, new BitNets_SmoothL1Network(4).trainer(SGD, ROWS)::step)),
        arguments("Huber", floats(7, 2, new BitNets_HuberNetwork(5).trainer(SGD, ROWS)::step)),
        arguments("Bce", floats(3, 2, new BitNets_BceNetwork(6).trainer(SGD, ROWS)::step)),
        arguments(
            "BceWithLogits",
            floats(4, 2, new BitNets_BceWithLogitsNetwork(7).trainer(SGD, ROWS)::step)),
        arguments("Nll", classes(8, 3, new BitNets_NllNetwork(8).trainer(SGD, ROWS)::step)),
        arguments("KlDiv", doubles(9, 3, new BitNets_KlDivNetwork(9).trainer(SGD, ROWS)::step)),
        arguments(
            "BatchNormed",
            floats(9, 3, new BitNets_BatchNormedNetwork(12).trainer(SGD, ROWS)::step)));
  }

  private static Runnable floats(int inputs, int outputs, FloatStep step) {
    Generator g = new Generator().manualSeed(1);
    float[] x = g.randn(ROWS * inputs).toFloatArray();
    float[] y = g.rand(ROWS * outputs).toFloatArray();
    return () -> step.step(x, y);
  }

  private static Runnable classes(int inputs, int classes, ClassStep step) {
    Generator g = new Generator().manualSeed(1);
    float[] x = g.randn(ROWS * inputs).toFloatArray();
    int[] y = g.randint(0, classes, ROWS).toIntArray();
    return () -> step.step(x, y);
  }

  private static Runnable doubles(int inputs, int outputs, DoubleStep step) {
    Generator g = new Generator().manualSeed(1);
    double[] x = g.randn(DType.FLOAT64, ROWS * inputs).toDoubleArray();
    double[] y = g.rand(ROWS * outputs).to(DType.FLOAT64).toDoubleArray();
    return () -> step.step(x, y);
  }
}
