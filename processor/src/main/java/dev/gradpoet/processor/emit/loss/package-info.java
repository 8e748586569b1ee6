/** The nested class {@code Losses}, and what the moves of a trainer ask of a loss. */
package dev.gradpoet.processor.emit.loss;
