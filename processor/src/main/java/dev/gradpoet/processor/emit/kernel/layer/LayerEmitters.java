package dev.gradpoet.processor.emit.kernel.layer;

import dev.gradpoet.processor.emit.code.MapConstants;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.Plan;

/** What prints the kernels of each family of layers. */
record LayerEmitters(
    LinearEmitter linear,
    MergeEmitter merges,
    NormEmitter norms,
    BatchNormEmitter batchNorms,
    ElementEmitter elements,
    PReluEmitter prelus,
    CopyEmitter copies,
    ConvolutionEmitter convolutions,
    WindowEmitter windows) {

  static LayerEmitters of(
      Plan plan, Signatures signatures, Primitives primitives, MapConstants constants) {
    ForwardMethods forward = new ForwardMethods(plan, signatures, primitives);
    BackwardMethods backward = new BackwardMethods(signatures, primitives);
    return new LayerEmitters(
        new LinearEmitter(forward, signatures, primitives, backward),
        new MergeEmitter(forward, signatures, backward),
        new NormEmitter(forward, signatures, primitives, backward),
        new BatchNormEmitter(forward, signatures, constants, backward),
        new ElementEmitter(plan, forward, signatures, primitives, backward),
        new PReluEmitter(forward, signatures, primitives, backward),
        new CopyEmitter(forward, signatures),
        new ConvolutionEmitter(forward, signatures, constants),
        new WindowEmitter(forward, signatures, constants));
  }
}
