package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;

/** The steps of any network, with any number of inputs and with indices, through tensors. */
final class TensorSteps implements Steps {

  private final Trainer trainer;
  private final TargetForm form;
  private final Dataset data;
  private final Clipping clipping;
  private final boolean keepsOutputs;
  private double[] outputs;

  TensorSteps(
      Trainer trainer, TargetForm form, Dataset data, Clipping clipping, boolean keepsOutputs) {
    this.trainer = trainer;
    this.form = form;
    this.data = data;
    this.clipping = clipping;
    this.keepsOutputs = keepsOutputs;
  }

  @Override
  public double step(int[] rows, int from, int n) {
    RowIndex batch = RowIndex.of(rows).range(from, from + n);
    Tensor[] inputs = ForwardPass.inputs(data, batch);
    Tensor y = form.target(data, batch);
    double loss;
    if (clipping.isNone()) {
      loss = trainer.step(inputs, y);
    } else {
      trainer.zeroGrad();
      trainer.forward(inputs);
      loss = trainer.loss(y);
      trainer.backward();
      clipping.clip(trainer);
      trainer.update();
    }
    if (keepsOutputs) {
      keep(from, rows.length);
    }
    return loss;
  }

  private void keep(int from, int rows) {
    double[] of = trainer.output().toDoubleArray();
    if (outputs == null) {
      outputs = new double[Math.multiplyExact(rows, form.outputs())];
    }
    System.arraycopy(of, 0, outputs, from * form.outputs(), of.length);
  }

  @Override
  public Tensor outputs() {
    if (!keepsOutputs) {
      return null;
    }
    Tensor all = Tensor.view(outputs, outputs.length / form.outputs(), form.outputs());
    return form.dtype() == DType.FLOAT64 ? all : all.to(form.dtype());
  }
}
