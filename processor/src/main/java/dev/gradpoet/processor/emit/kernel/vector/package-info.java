/** Prints formulas as vector code, and limits the number of operations in one loop. */
package dev.gradpoet.processor.emit.kernel.vector;
