/** The class of all loops over vectors, and the code of kernels that call them. */
package dev.gradpoet.processor.emit.kernel.simd.loop;
