/** What all emitters print with: names, scalars and their literals, formulas, lines of code. */
package dev.gradpoet.processor.emit.code;
