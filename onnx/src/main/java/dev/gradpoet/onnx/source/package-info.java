/** Writes an imported network as a person would: an interface, and a file of its parameters. */
package dev.gradpoet.onnx.source;
