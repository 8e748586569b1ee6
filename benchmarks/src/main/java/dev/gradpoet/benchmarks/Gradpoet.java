package dev.gradpoet.benchmarks;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;

/**
 * The generated class of a shape, behind an interface that is the same for all shapes. A JMH fork uses only one shape, so the calls are inlined.
 *
 * @param model the network
 * @param inference {@code predictor().forward}
 * @param training {@code trainer().step}
 */
public record Gradpoet(Model model, Inference inference, Training training) {

  /** The learning rate of all measurements: small, so that values stay finite over thousands of steps. */
  public static final double LEARNING_RATE = 1e-4;

  /** The seed of all weights. */
  public static final long SEED = 1;

  private static final Sgd SGD = Sgd.of(LEARNING_RATE);

  /** Inference on rows. */
  public interface Inference {
    /** Writes the outputs of whole rows. */
    void forward(float[] x, float[] y);
  }

  /** One step of SGD. */
  public interface Training {
    /** Makes one training step on a batch, and returns its loss. */
    float step(Work work);
  }

  /** The network of a shape with the weights of {@link #SEED}, and a trainer for batches of the given number of rows. */
  public static Gradpoet of(Shape shape, int rows) {
    return switch (shape) {
      case N4_16_3 -> {
        Networks_N4_16_3Network net = new Networks_N4_16_3Network(SEED);
        Networks_N4_16_3Network.Predictor predictor = net.predictor();
        Networks_N4_16_3Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N11_64_32_16_1 -> {
        Networks_N11_64_32_16_1Network net = new Networks_N11_64_32_16_1Network(SEED);
        Networks_N11_64_32_16_1Network.Predictor predictor = net.predictor();
        Networks_N11_64_32_16_1Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.values()));
      }
      case N64_32_10 -> {
        Networks_N64_32_10Network net = new Networks_N64_32_10Network(SEED);
        Networks_N64_32_10Network.Predictor predictor = net.predictor();
        Networks_N64_32_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N784_128_10 -> {
        Networks_N784_128_10Network net = new Networks_N784_128_10Network(SEED);
        Networks_N784_128_10Network.Predictor predictor = net.predictor();
        Networks_N784_128_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N784_512_512_10 -> {
        Networks_N784_512_512_10Network net = new Networks_N784_512_512_10Network(SEED);
        Networks_N784_512_512_10Network.Predictor predictor = net.predictor();
        Networks_N784_512_512_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N1024_1024_1024_10 -> {
        Networks_N1024_1024_1024_10Network net = new Networks_N1024_1024_1024_10Network(SEED);
        Networks_N1024_1024_1024_10Network.Predictor predictor = net.predictor();
        Networks_N1024_1024_1024_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N8_8_2 -> {
        Networks_N8_8_2Network net = new Networks_N8_8_2Network(SEED);
        Networks_N8_8_2Network.Predictor predictor = net.predictor();
        Networks_N8_8_2Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N16_16_4 -> {
        Networks_N16_16_4Network net = new Networks_N16_16_4Network(SEED);
        Networks_N16_16_4Network.Predictor predictor = net.predictor();
        Networks_N16_16_4Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N32_32_8 -> {
        Networks_N32_32_8Network net = new Networks_N32_32_8Network(SEED);
        Networks_N32_32_8Network.Predictor predictor = net.predictor();
        Networks_N32_32_8Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N64_64_16 -> {
        Networks_N64_64_16Network net = new Networks_N64_64_16Network(SEED);
        Networks_N64_64_16Network.Predictor predictor = net.predictor();
        Networks_N64_64_16Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N10_40_40_10 -> {
        Networks_N10_40_40_10Network net = new Networks_N10_40_40_10Network(SEED);
        Networks_N10_40_40_10Network.Predictor predictor = net.predictor();
        Networks_N10_40_40_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N10_41_41_10 -> {
        Networks_N10_41_41_10Network net = new Networks_N10_41_41_10Network(SEED);
        Networks_N10_41_41_10Network.Predictor predictor = net.predictor();
        Networks_N10_41_41_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N10_42_42_10 -> {
        Networks_N10_42_42_10Network net = new Networks_N10_42_42_10Network(SEED);
        Networks_N10_42_42_10Network.Predictor predictor = net.predictor();
        Networks_N10_42_42_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N10_43_43_10 -> {
        Networks_N10_43_43_10Network net = new Networks_N10_43_43_10Network(SEED);
        Networks_N10_43_43_10Network.Predictor predictor = net.predictor();
        Networks_N10_43_43_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N10_44_44_10 -> {
        Networks_N10_44_44_10Network net = new Networks_N10_44_44_10Network(SEED);
        Networks_N10_44_44_10Network.Predictor predictor = net.predictor();
        Networks_N10_44_44_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N10_45_45_10 -> {
        Networks_N10_45_45_10Network net = new Networks_N10_45_45_10Network(SEED);
        Networks_N10_45_45_10Network.Predictor predictor = net.predictor();
        Networks_N10_45_45_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N10_46_46_10 -> {
        Networks_N10_46_46_10Network net = new Networks_N10_46_46_10Network(SEED);
        Networks_N10_46_46_10Network.Predictor predictor = net.predictor();
        Networks_N10_46_46_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N10_47_47_10 -> {
        Networks_N10_47_47_10Network net = new Networks_N10_47_47_10Network(SEED);
        Networks_N10_47_47_10Network.Predictor predictor = net.predictor();
        Networks_N10_47_47_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N10_48_48_10 -> {
        Networks_N10_48_48_10Network net = new Networks_N10_48_48_10Network(SEED);
        Networks_N10_48_48_10Network.Predictor predictor = net.predictor();
        Networks_N10_48_48_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N10_49_49_10 -> {
        Networks_N10_49_49_10Network net = new Networks_N10_49_49_10Network(SEED);
        Networks_N10_49_49_10Network.Predictor predictor = net.predictor();
        Networks_N10_49_49_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
      case N10_50_50_10 -> {
        Networks_N10_50_50_10Network net = new Networks_N10_50_50_10Network(SEED);
        Networks_N10_50_50_10Network.Predictor predictor = net.predictor();
        Networks_N10_50_50_10Network.Trainer trainer = net.trainer(SGD, rows);
        yield new Gradpoet(
            net, predictor::forward, work -> trainer.step(work.inputs(), work.classes()));
      }
    };
  }
}
