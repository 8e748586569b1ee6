/** What a family of kernels is, what each must have, and the methods that its kernels share. */
package dev.gradpoet.processor.emit.kernel.family;
