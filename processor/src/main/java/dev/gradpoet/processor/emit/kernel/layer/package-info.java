/** Prints the kernels of layers, which are the same in all families, one class a family of layers: each kernel beside its gradient. */
package dev.gradpoet.processor.emit.kernel.layer;
