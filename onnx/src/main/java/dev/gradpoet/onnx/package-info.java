/** Networks as ONNX models, for every program that runs these. */
package dev.gradpoet.onnx;
