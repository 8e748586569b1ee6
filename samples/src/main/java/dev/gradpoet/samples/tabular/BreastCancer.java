package dev.gradpoet.samples.tabular;

import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;

/** Maps thirty measurements of a tumour to one logit: above 0, it is benign. */
@Network(
    layers = {30, 16, 1},
    activation = Activation.RELU,
    loss = Loss.BCE_WITH_LOGITS)
public interface BreastCancer {}
