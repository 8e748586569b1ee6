/** Shapes of samples, which every stage from validation on knows. */
package dev.gradpoet.processor.shape;
