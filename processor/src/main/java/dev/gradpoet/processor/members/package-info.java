/**
 * Compares what the interface of a declaration asks for with what the generated class has, and prints the class that stands for a wrong
 * declaration.
 */
package dev.gradpoet.processor.members;
