/** Networks with weights that others trained, each as {@code gradpoet-onnx import} wrote it from an ONNX model. */
package dev.gradpoet.benchmarks.models;
