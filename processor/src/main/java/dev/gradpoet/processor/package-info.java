/** The annotation processor: javac's rounds on one side, the stages of the compiler on the other. */
package dev.gradpoet.processor;
