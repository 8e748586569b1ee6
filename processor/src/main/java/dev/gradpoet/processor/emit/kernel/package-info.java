/** The kernels of layers in every family: their names, parameters and bodies, and the functions that are the same in all families. */
package dev.gradpoet.processor.emit.kernel;
