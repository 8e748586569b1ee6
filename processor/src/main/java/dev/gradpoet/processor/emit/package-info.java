/** Prints a plan as Java source. Above each method that prints code stands a picture of the code. */
package dev.gradpoet.processor.emit;
