/** What norms compute from buffers in PyTorch's sense, without the activation: the same in all families. */
package dev.gradpoet.processor.emit.kernel.norm;
