package dev.gradpoet.benchmarks;

import dev.gradpoet.benchmarks.models.JumperHardNetwork;
import dev.gradpoet.benchmarks.models.OrtMnistNetwork;
import dev.gradpoet.benchmarks.models.TribuoMnistNetwork;
import dev.gradpoet.runtime.FloatPredictor;
import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A generated class, behind interfaces. A JMH fork uses only one network, so their calls are inlined.
 *
 * @param model the network
 * @param predictor its predictor
 * @param trainer its trainer
 */
public record Gradpoet(Model model, FloatPredictor predictor, FloatTrainer trainer) {

  /** The learning rate of all measurements: small, so that values stay finite over thousands of steps. */
  public static final double LEARNING_RATE = 1e-4;

  /** The seed of all weights. */
  public static final long SEED = 1;

  /** A network with the weights of {@link #SEED}, or those of its model, and a trainer for batches of the given number of rows. */
  public static Gradpoet of(Shape shape, int rows) {
    return of(shape, rows, 1);
  }

  /** The same on so many threads. */
  public static Gradpoet of(Shape shape, int rows, int threads) {
    Model model = model(shape);
    return new Gradpoet(model, (FloatPredictor) model.predictor(threads), (FloatTrainer)
        model.trainer(Sgd.of(LEARNING_RATE), rows, threads));
  }

  /** The file of an ONNX model of a {@link Shape}. */
  public static byte[] file(String model) throws IOException {
    try (InputStream in = JumperHardNetwork.class.getResourceAsStream(model)) {
      return Objects.requireNonNull(in, model).readAllBytes();
    }
  }

  /** Seeded rows for this network. */
  public Work work(int rows) {
    return Work.of(model.architecture(), rows);
  }

  /** The outputs of the network for the inputs of the given rows. */
  public float[] forward(Work work) {
    float[] y = new float[work.values().length];
    predictor.forward(work.inputs(), y);
    return y;
  }

  /** Whether the target is a class index; otherwise it is a row of values, and the loss is the mean squared error. */
  public boolean classifies() {
    return trainer instanceof FloatTrainer.ClassTargets;
  }

  /** One step of SGD on a batch, with the targets that the network's loss takes. */
  public float step(Work work) {
    return trainer instanceof FloatTrainer.ClassTargets classes
        ? classes.step(work.inputs(), work.classes())
        : ((FloatTrainer.DenseTargets) trainer).step(work.inputs(), work.values());
  }

  private static Model model(Shape shape) {
    return switch (shape) {
      case N4_16_3 -> new Networks_N4_16_3Network(SEED);
      case N11_64_32_16_1 -> new Networks_N11_64_32_16_1Network(SEED);
      case N64_32_10 -> new Networks_N64_32_10Network(SEED);
      case N784_128_10 -> new Networks_N784_128_10Network(SEED);
      case N784_512_512_10 -> new Networks_N784_512_512_10Network(SEED);
      case N1024_1024_1024_10 -> new Networks_N1024_1024_1024_10Network(SEED);
      case N4096_4096_4096_10 -> new Networks_N4096_4096_4096_10Network(SEED);
      case N8_8_2 -> new Networks_N8_8_2Network(SEED);
      case N16_16_4 -> new Networks_N16_16_4Network(SEED);
      case N32_32_8 -> new Networks_N32_32_8Network(SEED);
      case N64_64_16 -> new Networks_N64_64_16Network(SEED);
      case N10_40_40_10 -> new Networks_N10_40_40_10Network(SEED);
      case N10_41_41_10 -> new Networks_N10_41_41_10Network(SEED);
      case N10_42_42_10 -> new Networks_N10_42_42_10Network(SEED);
      case N10_43_43_10 -> new Networks_N10_43_43_10Network(SEED);
      case N10_44_44_10 -> new Networks_N10_44_44_10Network(SEED);
      case N10_45_45_10 -> new Networks_N10_45_45_10Network(SEED);
      case N10_46_46_10 -> new Networks_N10_46_46_10Network(SEED);
      case N10_47_47_10 -> new Networks_N10_47_47_10Network(SEED);
      case N10_48_48_10 -> new Networks_N10_48_48_10Network(SEED);
      case N10_49_49_10 -> new Networks_N10_49_49_10Network(SEED);
      case N10_50_50_10 -> new Networks_N10_50_50_10Network(SEED);
      case LENET_5 -> new Networks_LeNet5Network(SEED);
      case MNIST_8_16_10 -> new Networks_Mnist8_16_10Network(SEED);
      case DS_CNN -> new Networks_DsCnnNetwork(SEED);
      case JUMPER_HARD -> JumperHardNetwork.pretrained();
      case TRIBUO_MNIST -> TribuoMnistNetwork.pretrained();
      case ORT_MNIST -> OrtMnistNetwork.pretrained();
    };
  }
}
