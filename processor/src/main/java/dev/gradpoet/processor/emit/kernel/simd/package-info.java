/** The kernels with the Vector API. */
package dev.gradpoet.processor.emit.kernel.simd;
