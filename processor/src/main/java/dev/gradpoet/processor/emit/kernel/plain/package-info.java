/** The kernels in plain Java. */
package dev.gradpoet.processor.emit.kernel.plain;
