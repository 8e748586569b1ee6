/** Reads declarations through javac's model, without validating them. */
package dev.gradpoet.processor.read;
