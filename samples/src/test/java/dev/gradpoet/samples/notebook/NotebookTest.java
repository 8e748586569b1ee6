package dev.gradpoet.samples.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The output of the notebook: PyTorch's text in the deterministic cells, and its numbers after {@code manual_seed(0)} in the others. */
class NotebookTest {

  private static String printed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Notebook(new PrintStream(bytes, true, StandardCharsets.UTF_8)).run();
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  /** The text under the title of a cell. */
  private static String cell(int number) {
    String all = printed();
    int start = all.indexOf('\n', all.indexOf("In [" + number + "]:")) + 1;
    int end = all.indexOf("\n\nIn [", start);
    return end < 0 ? all.substring(start) : all.substring(start, end);
  }

  @Test
  void deterministicCellsPrintWhatTheNotebookPrints() {
    assertThat(cell(1)).isEqualTo("tensor([[0.9975]])");
    assertThat(cell(3)).isEqualTo("tensor([[0.1392, 0.8420, 0.0188]])");
    assertThat(cell(4)).isEqualTo("tensor([[0.9168]])");
    assertThat(cell(5))
        .isEqualTo(
            "tensor([[1.2828e-01, 1.1698e-04, 5.7492e-01, 3.4961e-02, 1.5669e-01, 1.0503e-01]])");
    assertThat(cell(13)).isEqualTo("tensor([1, 0, 0])\n\n tensor([0, 1, 0])\n\n tensor([0, 0, 1])");
    assertThat(cell(14)).isEqualTo("tensor(9.8222, dtype=torch.float64)");
    assertThat(cell(15))
        .isEqualTo(
            "One-hot vector using NumPy: [0 1 0]\nOne-hot vector using PyTorch: tensor([0, 1, 0])");
    assertThat(cell(16)).isEqualTo("tensor(8.0619, dtype=torch.float64)");
  }

  @Test
  void randomCellsPrintTheNumbersOfSeedZero() {
    // The values of the golden cases cell07 to cell12, as PyTorch prints them.
    assertThat(cell(7)).isEqualTo("""
            tensor([[0.4060],
                    [0.3417],
                    [0.2838],
                    [0.3958],
                    [0.2791]])""");
    assertThat(cell(8)).isEqualTo("""
            torch.Size([5, 3])

             tensor([[0.3006, 0.3074, 0.3921],
                    [0.2920, 0.1996, 0.5084],
                    [0.2284, 0.3924, 0.3791],
                    [0.3025, 0.1975, 0.5000],
                    [0.2280, 0.3562, 0.4158]])""");
    assertThat(cell(9)).isEqualTo("""
            tensor([[-0.3803],
                    [-0.6558],
                    [-0.9258],
                    [-0.4229],
                    [-0.9488]])""");
    assertThat(cell(10)).isEqualTo("tensor([[0.7465]])");
    assertThat(cell(11)).isEqualTo("tensor([[-0.7187]])");
    assertThat(cell(12)).isEqualTo("tensor([[0.2458, 0.1304, 0.1294, 0.4944]])");
  }

  @Test
  void gradientsAreThoseOfSeedZero() {
    // The golden case cell18_backward_sgd_16_8_4_2_seed0_f32.
    assertThat(cell(18)).contains("Layer 2 bias grad:\n tensor([ 0.5380, -0.5380])");
    assertThat(cell(23)).startsWith("Weight of the first layer: tensor([[");
  }

  @Test
  void aManualUpdateEqualsThatOfTheOptimizer() {
    Generator generator = new Generator().manualSeed(0);
    Tensor sample = generator.randn(1, 16);
    Models_TwoClassesNetwork model = new Models_TwoClassesNetwork(generator);
    Models_TwoClassesNetwork.Trainer trainer = model.trainer(Sgd.of(0.001), 1);
    trainer.forward(sample);
    trainer.loss(Tensor.of(1));
    trainer.backward();
    Tensor byHand = Notebook.byHand(model.layer(0).bias(), trainer.gradient("0.bias"));
    trainer.update();

    // The golden case cell18_backward_sgd_16_8_4_2_seed0_f32.
    assertThat(byHand)
        .hasToString(
            "tensor([-0.2244, -0.1184,  0.1701, -0.0014, -0.1244, -0.1916, -0.2339, -0.2111])");
    assertThat(model.layer(0).bias().toString()).isEqualTo(byHand.toString());
  }
}
