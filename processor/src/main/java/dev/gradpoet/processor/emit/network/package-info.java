/** The class of a network without its trainer: parameters, buffers, predictor, the table of its layers. */
package dev.gradpoet.processor.emit.network;
