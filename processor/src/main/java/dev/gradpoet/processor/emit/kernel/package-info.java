/** What layers are made of, whichever the family: kernels, their names and parameters, and the functions that all families print alike. */
package dev.gradpoet.processor.emit.kernel;
