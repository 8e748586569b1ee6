/** How a formula is printed as operations on vectors, and how many there may be in one loop. */
package dev.gradpoet.processor.emit.kernel.vector;
