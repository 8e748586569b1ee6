package dev.gradpoet.samples.notebook;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Functional;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * The tutorial notebook with which this project began, cell by cell. Under each title it prints exactly what PyTorch prints if the cell is
 * deterministic, otherwise what PyTorch prints after {@code torch.manual_seed(0)}. A cell that prints nothing in the notebook prints nothing here.
 */
public final class Notebook {

  private static final long SEED = 0;
  private static final float LEARNING_RATE = 0.001f;

  private static final Tensor INPUT = Tensor.of(new float[][] {
    {-0.4421f, 1.5207f, 2.0607f, -0.3647f, 0.4691f, 0.0946f},
    {-0.9155f, -0.0475f, -1.3645f, 0.6336f, -1.9520f, -0.3398f},
    {0.7406f, 1.6763f, -0.8511f, 0.2432f, 0.1123f, -0.0633f},
    {-1.6630f, -0.0718f, -0.1285f, 0.5396f, -0.0288f, -0.8622f},
    {-0.7413f, 1.7920f, -0.0883f, -0.6685f, 0.4745f, -0.4245f}
  });

  private final PrintStream out;

  Notebook(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs all cells.
   *
   * @param args none
   */
  public static void main(String[] args) {
    new Notebook(System.out).run();
  }

  void run() {
    activationFunctions();
    forwardPasses();
    lossFunctions();
    Models_TwoClassesNetwork.Trainer trainer = backpropagation();
    gradientDescent(trainer);
    lookInto();
    again();
  }

  private void cell(int number, String title) {
    out.println("\nIn [" + number + "]: " + title);
  }

  private void activationFunctions() {
    cell(1, "sigmoid of an integer");
    out.println(Functional.sigmoid(Tensor.of(new long[][] {{6}})));

    cell(2, "two linear layers and a sigmoid");
    out.println(
        new Models_BinaryNetwork(SEED).summary().lines().skip(3).findFirst().orElseThrow());

    cell(3, "softmax along the last dimension");
    out.println(Functional.softmax(Tensor.of(new float[][] {{4.3f, 6.1f, 2.3f}}), -1));

    cell(4, "sigmoid");
    out.println(Functional.sigmoid(Tensor.of(new float[][] {{2.4f}})));

    cell(5, "softmax");
    out.println(Functional.softmax(
        Tensor.of(new float[][] {{1, -6, 2.5f, -0.3f, 1.2f, 0.8f}}), -1));
  }

  private void forwardPasses() {
    cell(6, "input data");
    // INPUT, above

    cell(7, "binary classification: forward pass");
    out.println(new Models_BinaryNetwork(SEED).forward(INPUT));

    cell(8, "multi-class classification: forward pass");
    Tensor output = new Models_MultiClassNetwork(SEED).forward(INPUT);
    out.println("torch.Size(" + Arrays.toString(output.shape()) + ")");
    out.println("\n " + output);

    cell(9, "regression: forward pass");
    out.println(new Models_RegressionNetwork(SEED).forward(INPUT));

    cell(10, "a small network for binary classification");
    Tensor eight = Tensor.of(new float[][] {{3, 4, 6, 2, 3, 6, 8, 9}});
    out.println(new Models_SmallNetwork(SEED).forward(eight));

    Tensor eleven = Tensor.of(new float[][] {{3, 4, 6, 7, 10, 12, 2, 3, 6, 8, 9}});
    cell(11, "four linear layers, regression");
    out.println(new Models_FourLayersNetwork(SEED).forward(eleven));

    cell(12, "four labels");
    out.println(new Models_FourLabelsNetwork(SEED).forward(eleven));
  }

  private void lossFunctions() {
    cell(13, "labels with one-hot encoding");
    out.println(Functional.oneHot(scalar(0), 3));
    out.println("\n " + Functional.oneHot(scalar(1), 3));
    out.println("\n " + Functional.oneHot(scalar(2), 3));

    cell(14, "cross entropy loss");
    Tensor scores = Tensor.of(-5.2f, 4.6f, 0.8f);
    Tensor target = Tensor.of(1, 0, 0);
    out.println(Functional.crossEntropy(scores.to(DType.FLOAT64), target.to(DType.FLOAT64)));

    cell(15, "one-hot encoding by hand and by function");
    out.println(
        "One-hot vector using NumPy: " + Arrays.toString(new int[] {0, 1, 0}).replace(",", ""));
    out.println("One-hot vector using PyTorch: " + Functional.oneHot(scalar(1), 3));

    cell(16, "cross entropy loss of a one-hot label");
    Tensor logits = Tensor.of(new float[][] {{0.1f, 6, -2, 3.2f}});
    Tensor label = Functional.oneHot(Tensor.of(2), 4);
    out.println(Functional.crossEntropy(logits.to(DType.FLOAT64), label.to(DType.FLOAT64)));
  }

  private Models_TwoClassesNetwork.Trainer backpropagation() {
    cell(18, "backpropagation");
    Generator generator = new Generator().manualSeed(SEED);
    Tensor sample = generator.randn(1, 16);
    Tensor target = Tensor.of(1);
    Models_TwoClassesNetwork model = new Models_TwoClassesNetwork(generator);
    Models_TwoClassesNetwork.Trainer trainer = model.trainer(Sgd.of(LEARNING_RATE), 1);
    trainer.forward(sample);
    trainer.loss(target);
    trainer.backward();
    for (int layer = 0; layer < 3; layer++) {
      out.println("Layer " + layer + " weight grad:\n " + trainer.gradient(layer + ".weight"));
      out.println("Layer " + layer + " bias grad:\n " + trainer.gradient(layer + ".bias"));
    }

    cell(19, "an update by hand");
    byHand(model.layer(0).weight(), trainer.gradient("0.weight"));
    byHand(model.layer(0).bias(), trainer.gradient("0.bias"));
    return trainer;
  }

  /** {@code p - lr * p.grad}, which does not change the parameter. */
  static Tensor byHand(Tensor parameter, Tensor gradient) {
    float[] values = parameter.toFloatArray();
    float[] slopes = gradient.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      values[i] -= LEARNING_RATE * slopes[i];
    }
    return Tensor.of(values, parameter.shape());
  }

  private void gradientDescent(Models_TwoClassesNetwork.Trainer trainer) {
    cell(20, "gradient descent");
    trainer.update();
  }

  private void lookInto() {
    cell(23, "weights and biases");
    Model model = new Models_LookIntoNetwork(SEED);
    out.println("Weight of the first layer: " + model.layer(0).weight());
    out.println("Bias of the second layer: " + model.layer(1).bias());
  }

  private void again() {
    cell(25, "the weights and gradients of each linear layer, an update by hand");
    Models_TwoClassesNetwork model = new Models_TwoClassesNetwork(SEED);
    Models_TwoClassesNetwork.Trainer trainer = model.trainer(Sgd.of(LEARNING_RATE), 1);
    Tensor sample = new Generator().manualSeed(SEED).randn(1, 16);
    trainer.forward(sample);
    trainer.loss(Tensor.of(1));
    trainer.backward();
    for (int layer = 0; layer < 3; layer++) {
      byHand(model.layer(layer).weight(), trainer.gradient(layer + ".weight"));
    }

    cell(27, "the same by the optimizer");
    trainer.update();
  }

  private static Tensor scalar(long value) {
    return Tensor.of(new long[] {value}, new int[0]);
  }
}
