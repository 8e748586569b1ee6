/** The nested class {@code Trainer}: its moves, updates and evaluation. */
package dev.gradpoet.processor.emit.trainer;
