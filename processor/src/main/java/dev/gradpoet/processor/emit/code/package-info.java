/** The helpers of all emitters: names, scalars and their literals, formulas, lines of code. */
package dev.gradpoet.processor.emit.code;
