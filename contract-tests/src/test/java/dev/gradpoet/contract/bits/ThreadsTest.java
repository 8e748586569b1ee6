package dev.gradpoet.contract.bits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
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

  /** The rows of the calls: remainders of tiles, fewer rows than threads, and a batch norm's least. */
  private static final int[] ROWS = {37, 2, 9, 37, 24, 5};

  @ParameterizedTest
  @MethodSource("works")
  void trainersComputeTheBitsOfOneThread(BitsProgram.Work work) {
    List<Tensor> expected = train(work, 1);
    for (int threads : THREADS) {
      List<Tensor> computed = train(work, threads);
      assertThat(computed).as("%d threads", threads).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(computed.get(i))
            .as("%d threads, tensor %d", threads, i)
            .isEqualTo(expected.get(i));
      }
    }
  }

  /** All that steps, moves and evaluations compute. */
  private static List<Tensor> train(BitsProgram.Work work, int threads) {
    Model model = work.model().get();
    List<Tensor> all = new ArrayList<>();
    try (Trainer trainer = model.trainer(work.optimizer(), ROWS[0], threads)) {
      for (int i = 0; i < ROWS.length; i++) {
        Tensor[] x = inputs(model, ROWS[i]);
        all.add(Tensor.of(trainer.step(x, targets(work, model, ROWS[i]))));
        all.add(copy(trainer.output()));
      }
      trainer.zeroGrad();
      for (int rows : new int[] {37, 7}) {
        trainer.forward(inputs(model, rows));
        all.add(Tensor.of(trainer.loss(targets(work, model, rows))));
        trainer.backward();
        model.parameters().keySet().forEach(name -> all.add(copy(trainer.gradient(name))));
      }
      if (model.architecture().inputs().get(0).classes().isEmpty()
          && model.architecture().inputs().size() == 1) {
        all.add(copy(trainer.inputGradient()));
      }
      trainer.clipGradNorm(1);
      trainer.update();
      trainer.freeze(model.parameters().keySet().iterator().next().split("\\.")[0]);
      all.add(Tensor.of(trainer.step(inputs(model, 9), targets(work, model, 9))));
      for (int rows : new int[] {1, 130}) {
        all.add(Tensor.of(trainer.evaluate(inputs(model, rows), targets(work, model, rows))));
      }
    }
    model.parameters().values().forEach(parameter -> all.add(copy(parameter)));
    model
        .architecture()
        .layers()
        .forEach(layer -> layer.buffers().values().forEach(buffer -> all.add(copy(buffer))));
    return all;
  }

  private static Tensor[] inputs(Model model, int rows) {
    return BitsProgram.inputs(model, new Generator().manualSeed(rows), rows);
  }

  private static Tensor targets(BitsProgram.Work work, Model model, int rows) {
    Generator g = new Generator().manualSeed(rows + 1);
    int outputs = model.forward(inputs(model, 1)).shape()[1];
    return BitsProgram.targets(work, g, model.architecture().dtype(), rows, outputs);
  }

  private static Tensor copy(Tensor tensor) {
    return Tensor.of(tensor.toDoubleArray());
  }
}
