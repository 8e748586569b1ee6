/** A declaration without errors, as the validation gives it to the graph. */
package dev.gradpoet.processor.valid;
