/** What norms compute from buffers in PyTorch's sense, but for activations: the same in all families. */
package dev.gradpoet.processor.emit.kernel.norm;
