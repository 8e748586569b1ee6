package dev.gradpoet.samples.tabular;

import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;

/** Maps four measurements of a flower to a logit for each of three species. */
@Network(
    layers = {4, 16, 3},
    activation = Activation.RELU,
    loss = Loss.CROSS_ENTROPY)
public interface Iris {}
