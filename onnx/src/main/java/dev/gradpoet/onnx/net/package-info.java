/** A network as an import describes it: layers as annotations can say them, with their parameters. */
package dev.gradpoet.onnx.net;
