/** Compares the methods of a declaration's interface with those of the generated class, and prints the stub of a declaration with errors. */
package dev.gradpoet.processor.members;
