package dev.gradpoet.samples.tabular;

import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;

/** Maps thirteen measurements of a wine to a logit for each of three growers. */
@Network(
    layers = {13, 16, 3},
    activation = Activation.RELU,
    loss = Loss.CROSS_ENTROPY)
public interface Wine {}
