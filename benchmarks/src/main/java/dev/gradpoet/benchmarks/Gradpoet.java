package dev.gradpoet.benchmarks;

import dev.gradpoet.runtime.FloatPredictor;
import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;

/**
 * The generated class of a shape, behind interfaces. A JMH fork uses only one shape, so their calls are inlined.
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

  /** The network of a shape with the weights of {@link #SEED}, and a trainer for batches of the given number of rows. */
  public static Gradpoet of(Shape shape, int rows) {
    Model model = model(shape);
    return new Gradpoet(model, (FloatPredictor) model.predictor(), (FloatTrainer)
        model.trainer(Sgd.of(LEARNING_RATE), rows));
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
    };
  }
}
