/** Exports a network as an ONNX model. */
package dev.gradpoet.onnx.export;
