/** From the nodes of a model to layers: what only moves or shapes values is folded, the rest is recognized or refused. */
package dev.gradpoet.onnx.fold;
