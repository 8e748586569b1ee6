/** Writes generated types to files. */
package dev.gradpoet.processor.write;
