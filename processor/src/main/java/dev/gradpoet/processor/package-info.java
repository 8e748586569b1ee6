/** The annotation processor, which connects javac's rounds with the stages of the compiler. */
package dev.gradpoet.processor;
