/** What the samples share: data, how it is split, and how a network learns from it as a PyTorch program would. */
package dev.gradpoet.samples.learning;
