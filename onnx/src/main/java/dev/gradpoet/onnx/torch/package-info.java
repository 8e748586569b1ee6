/** Reads files of weights of PyTorch and NumPy. */
package dev.gradpoet.onnx.torch;
