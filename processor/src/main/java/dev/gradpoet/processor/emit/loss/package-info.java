/** The nested class {@code Losses}, and the properties of a loss that other emitters need. */
package dev.gradpoet.processor.emit.loss;
