/** The command line: import, convert. */
package dev.gradpoet.onnx.cli;
