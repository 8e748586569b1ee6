/** Prints a plan as Java source. A comment above each method that prints code shows that code. */
package dev.gradpoet.processor.emit;
