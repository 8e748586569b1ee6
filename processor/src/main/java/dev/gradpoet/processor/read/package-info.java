/** Reads declarations through javac's model of them, and judges nothing. */
package dev.gradpoet.processor.read;
