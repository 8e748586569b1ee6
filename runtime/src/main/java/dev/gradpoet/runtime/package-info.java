/** The runtime of generated networks: tensors, the random generator, optimizers, and the interfaces that every network implements. */
package dev.gradpoet.runtime;
