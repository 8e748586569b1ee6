/** The wire format of ONNX: the messages that a model consists of, read from and written to protobuf by hand. */
package dev.gradpoet.onnx.wire;
