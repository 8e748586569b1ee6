package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Trainer;
import java.io.Serializable;

/**
 * What all tasks of a training run know.
 *
 * @param form of the network
 * @param plan which rows are in which shard of which step
 * @param optimizer as {@link OptimizerText}
 * @param stepSize the learning rate
 * @param seed of the initial parameters, orders and masks
 */
record TrainingJob(NetworkForm form, ShardPlan plan, String optimizer, double stepSize, long seed)
    implements Serializable {

  /** The network before training, whose parameters are those of PyTorch after {@code torch.manual_seed(seed)}. */
  Model network(Generator generator) {
    return NetworkClass.of(form.name()).create(generator.manualSeed(seed));
  }

  /** A trainer that only updates. */
  Trainer updates(Model model) {
    Optimizer parsed = OptimizerText.parse(optimizer, stepSize);
    return model.trainer(parsed, 1);
  }
}
