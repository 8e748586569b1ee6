package dev.gradpoet.samples.digits;

import dev.gradpoet.Activation;
import dev.gradpoet.BatchNorm;
import dev.gradpoet.Conv2d;
import dev.gradpoet.Dropout;
import dev.gradpoet.Flatten;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.MaxPool2d;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Layer;

/** Maps an image of 8 x 8 pixels to a logit for each digit, with convolutions. The annotation processor generates {@link DigitImagesNetwork} from it. */
@Network(
    input = {1, 8, 8},
    loss = Loss.CROSS_ENTROPY)
public interface DigitImages {

  @Conv2d(out = 16, kernel = 3, padding = 1, activation = Activation.RELU)
  Layer conv1();

  @MaxPool2d(kernel = 2)
  Layer pool1();

  @Conv2d(out = 32, kernel = 3, padding = 1, bias = false)
  Layer conv2();

  @BatchNorm(activation = Activation.RELU)
  Layer norm();

  @MaxPool2d(kernel = 2)
  Layer pool2();

  @Flatten
  Layer flat();

  @Dropout(p = 0.25)
  Layer dropout();

  @Linear(out = 10)
  Layer logits();
}
