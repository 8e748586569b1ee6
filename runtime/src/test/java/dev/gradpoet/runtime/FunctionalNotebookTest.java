package dev.gradpoet.runtime;

import static dev.gradpoet.runtime.PyTorchNumbers.scalar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import org.junit.jupiter.api.Test;

/** The functions compared with the numbers printed in the notebook. */
class FunctionalNotebookTest {

  @Test
  void cell1SigmoidOfAnInteger() {
    Tensor input = Tensor.of(new long[][] {{6}});
    assertThat(Functional.sigmoid(input)).hasToString("tensor([[0.9975]])");
    assertThat(Functional.sigmoid(input).dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void cell3SoftmaxAlongTheLastDimension() {
    Tensor input = Tensor.of(new float[][] {{4.3f, 6.1f, 2.3f}});
    assertThat(Functional.softmax(input, -1)).hasToString("tensor([[0.1392, 0.8420, 0.0188]])");
  }

  @Test
  void cell4Sigmoid() {
    assertThat(Functional.sigmoid(Tensor.of(new float[][] {{2.4f}})))
        .hasToString("tensor([[0.9168]])");
  }

  @Test
  void cell5SoftmaxInScientificForm() {
    Tensor input = Tensor.of(new float[][] {{1.0f, -6.0f, 2.5f, -0.3f, 1.2f, 0.8f}});
    assertThat(Functional.softmax(input, -1))
        .hasToString(
            "tensor([[1.2828e-01, 1.1698e-04, 5.7492e-01, 3.4961e-02, 1.5669e-01, 1.0503e-01]])");
  }

  @Test
  void cell13OneHot() {
    assertThat(Functional.oneHot(scalar(0), 3)).hasToString("tensor([1, 0, 0])");
    assertThat(Functional.oneHot(scalar(1), 3)).hasToString("tensor([0, 1, 0])");
    assertThat(Functional.oneHot(scalar(2), 3)).hasToString("tensor([0, 0, 1])");
  }

  @Test
  void cell14CrossEntropyOfOneRowOfProbabilities() {
    Tensor scores = Tensor.of(-5.2f, 4.6f, 0.8f);
    Tensor target = Tensor.of(1, 0, 0);
    assertThat(Functional.crossEntropy(scores.to(DType.FLOAT64), target.to(DType.FLOAT64)))
        .hasToString("tensor(9.8222, dtype=torch.float64)");
  }

  @Test
  void cell16CrossEntropyOfAOneHotLabel() {
    Tensor scores = Tensor.of(new float[][] {{0.1f, 6.0f, -2.0f, 3.2f}});
    Tensor target = Functional.oneHot(Tensor.of(2), 4);
    assertThat(Functional.crossEntropy(scores.to(DType.FLOAT64), target.to(DType.FLOAT64)))
        .hasToString("tensor(8.0619, dtype=torch.float64)");
  }
}
