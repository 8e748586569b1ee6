/** The kernels in the Vector API. */
package dev.gradpoet.processor.emit.kernel.simd;
