/** Models of ONNX, PyTorch and NumPy in and out. */
module dev.gradpoet.onnx {
  requires transitive dev.gradpoet.runtime;
  requires info.picocli;
  requires java.compiler;

  exports dev.gradpoet.onnx;

  opens dev.gradpoet.onnx.cli to
      info.picocli;
}
