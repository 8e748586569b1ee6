package dev.gradpoet.samples.digits;

import dev.gradpoet.Activation;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Layer;

/** Maps the 64 pixels of an 8 x 8 image to a logit for each digit. The annotation processor generates {@link DigitsNetwork} from it. */
@Network(input = 64, loss = Loss.CROSS_ENTROPY)
public interface Digits {

  @Linear(out = 32, activation = Activation.RELU)
  Layer hidden();

  @Linear(out = 10)
  Layer logits();
}
