/** The interface of a kernel family, the methods that each family must have, and the helpers that they share. */
package dev.gradpoet.processor.emit.kernel.family;
