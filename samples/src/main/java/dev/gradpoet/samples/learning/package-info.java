/** Code shared by the samples: data sets, their split, and training as in a PyTorch program. */
package dev.gradpoet.samples.learning;
