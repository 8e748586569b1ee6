/** Imports ONNX models as declarations, converts weights of PyTorch and NumPy, and exports networks to ONNX. */
package dev.gradpoet.onnx;
