/** The nested classes {@code Trainer} and {@code Batch}, and evaluation. */
package dev.gradpoet.processor.emit.trainer;
