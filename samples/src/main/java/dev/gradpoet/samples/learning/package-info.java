/** Training as in a PyTorch program, shared by the samples. */
package dev.gradpoet.samples.learning;
