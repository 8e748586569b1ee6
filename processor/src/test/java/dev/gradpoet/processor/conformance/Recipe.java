package dev.gradpoet.processor.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.CosineAnnealingLr;
import dev.gradpoet.runtime.ExponentialLr;
import dev.gradpoet.runtime.LinearLr;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Schedule;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.StepLr;
import dev.gradpoet.runtime.Trainer;
import java.util.Optional;

/**
 * How a case trains.
 *
 * @param optimizer the optimizer
 * @param schedule of the learning rate, or none
 * @param clipping {@code clip} of the case, or none
 */
record Recipe(Optimizer optimizer, Optional<Schedule> schedule, Optional<JsonObject> clipping) {

  static Recipe of(Golden golden) {
    Optimizer optimizer = optimizer(golden.object("optimizer"));
    return new Recipe(
        optimizer,
        golden.has("scheduler")
            ? Optional.of(schedule(optimizer.learningRate(), golden.object("scheduler")))
            : Optional.empty(),
        golden.has("clip") ? Optional.of(golden.object("clip")) : Optional.empty());
  }

  static Optimizer optimizer(JsonObject options) {
    double rate = options.get("lr").getAsDouble();
    double decay = number(options, "weight_decay", 0);
    String kind = options.get("kind").getAsString();
    return switch (kind) {
      case "sgd" ->
        Sgd.of(rate)
            .momentum(number(options, "momentum", 0))
            .dampening(number(options, "dampening", 0))
            .weightDecay(decay)
            .nesterov(flag(options, "nesterov"))
            .maximize(flag(options, "maximize"));
      case "adam" ->
        Adam.of(rate)
            .betas(number(options, "beta1", 0.9), number(options, "beta2", 0.999))
            .eps(number(options, "eps", 1e-8))
            .weightDecay(decay)
            .amsgrad(flag(options, "amsgrad"));
      case "adamw" ->
        AdamW.of(rate)
            .betas(number(options, "beta1", 0.9), number(options, "beta2", 0.999))
            .eps(number(options, "eps", 1e-8))
            .weightDecay(decay)
            .amsgrad(flag(options, "amsgrad"));
      case "rmsprop" ->
        RmsProp.of(rate)
            .alpha(number(options, "alpha", 0.99))
            .eps(number(options, "eps", 1e-8))
            .weightDecay(decay)
            .momentum(number(options, "momentum", 0))
            .centered(flag(options, "centered"));
      case "adagrad" ->
        Adagrad.of(rate)
            .lrDecay(number(options, "lr_decay", 0))
            .weightDecay(decay)
            .initialAccumulatorValue(number(options, "initial_accumulator_value", 0))
            .eps(number(options, "eps", 1e-10));
      default -> throw new IllegalArgumentException("unknown optimizer " + kind);
    };
  }

  private static Schedule schedule(double rate, JsonObject options) {
    String kind = options.get("kind").getAsString();
    return switch (kind) {
      case "step" ->
        StepLr.of(rate)
            .stepSize(options.get("step_size").getAsInt())
            .gamma(number(options, "gamma", 0.1));
      case "exponential" -> ExponentialLr.of(rate).gamma(number(options, "gamma", 0.1));
      case "cosine_annealing" ->
        CosineAnnealingLr.of(rate)
            .tMax(options.get("t_max").getAsInt())
            .etaMin(number(options, "eta_min", 0));
      case "linear" ->
        LinearLr.of(rate)
            .startFactor(number(options, "start_factor", 1 / 3.0))
            .endFactor(number(options, "end_factor", 1))
            .totalIters(options.get("total_iters").getAsInt());
      default -> throw new IllegalArgumentException("unknown schedule " + kind);
    };
  }

  private static double number(JsonObject options, String name, double otherwise) {
    JsonElement value = options.get(name);
    return value == null ? otherwise : value.getAsDouble();
  }

  private static boolean flag(JsonObject options, String name) {
    return options.has(name) && options.get(name).getAsBoolean();
  }

  double learningRate(int steps) {
    return schedule.map(each -> each.learningRate(steps)).orElse(optimizer.learningRate());
  }

  boolean clips() {
    return clipping.isPresent();
  }

  /** Clips, and gives the norm, where it is by the norm. */
  double clip(Trainer trainer) {
    if (clipping.isEmpty()) {
      return Double.NaN;
    }
    JsonObject clip = clipping.get();
    if (clip.get("kind").getAsString().equals("norm")) {
      return trainer.clipGradNorm(clip.get("max_norm").getAsDouble());
    }
    trainer.clipGradValue(clip.get("clip_value").getAsDouble());
    return Double.NaN;
  }
}
