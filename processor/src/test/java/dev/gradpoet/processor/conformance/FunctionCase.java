package dev.gradpoet.processor.conformance;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.List;

/**
 * Runs the cases of single functions through generated code: a network whose one layer multiplies by the identity matrix computes the
 * function alone.
 */
final class FunctionCase {

  private static final List<String> REDUCTIONS = List.of("mean", "sum");

  private FunctionCase() {}

  /** The networks that a case needs. */
  static void declare(Golden golden, Networks networks) {
    if (golden.kind().equals("activation")) {
      networks.declare(activationNetwork(golden));
    }
    if (golden.kind().equals("loss")) {
      REDUCTIONS.forEach(reduction -> networks.declare(lossNetwork(golden, reduction)));
    }
  }

  static void activation(Golden golden, Networks networks, Comparison comparison) {
    Trainer trainer = trainer(networks, activationNetwork(golden), golden);
    Tensor input = rows(golden, "input", width(golden));
    trainer.forward(input);
    comparison.check("output", golden.get("output"), trainer.output());
    trainer.backward(rows(golden, "grad_output", width(golden)));
    comparison.check("grad", golden.get("grad"), trainer.inputGradient());
    if (golden.has("nonfinite") && !isRowwise(golden)) {
      nonfinite(golden, networks, comparison);
    }
  }

  private static void nonfinite(Golden golden, Networks networks, Comparison comparison) {
    JsonObject nonfinite = golden.object("nonfinite");
    Trainer trainer = trainer(networks, activationNetwork(golden), golden);
    Tensor input = column(Golden.values(nonfinite.get("input")), golden);
    trainer.forward(input);
    comparison.check("nonfinite output", nonfinite.get("output"), trainer.output());
  }

  static void loss(Golden golden, Networks networks, Comparison comparison) {
    JsonObject results = golden.object("results");
    for (String reduction : REDUCTIONS) {
      JsonObject expected = results.getAsJsonObject(reduction);
      Trainer trainer = trainer(networks, lossNetwork(golden, reduction), golden);
      trainer.forward(golden.tensor("prediction"));
      double value = trainer.loss(CaseRunner.target(golden));
      trainer.backward();
      comparison.check(reduction + " value", expected.get("value"), value);
      comparison.check(reduction + " grad", expected.get("grad"), trainer.inputGradient());
    }
  }

  private static Trainer trainer(Networks networks, Declaration declaration, Golden golden) {
    Model model = networks.create(declaration, new Generator());
    Tensor weight = model.layer(0).weight();
    int width = weight.shape()[0];
    double[] identity = new double[width * width];
    for (int i = 0; i < width; i++) {
      identity[i * width + i] = 1;
    }
    weight.copyFrom(Tensor.of(identity, width, width).to(golden.dtype()));
    return model.trainer(Sgd.of(1), 1000);
  }

  private static Declaration activationNetwork(Golden golden) {
    return Declaration.of(
        network(width(golden), golden.text("activation"), null, null), golden.dtype());
  }

  private static Declaration lossNetwork(Golden golden, String reduction) {
    int width = golden.tensor("prediction").shape()[1];
    return Declaration.of(
        network(width, "identity", golden.text("loss"), reduction), golden.dtype());
  }

  private static JsonObject network(int width, String activation, String loss, String reduction) {
    String layer = "{'in': %d, 'out': %d, 'bias': false, 'activation': '%s'}"
        .formatted(width, width, activation);
    String lost = loss == null
        ? ""
        : ", 'loss': '%s', 'loss_options': {'reduction': '%s'}".formatted(loss, reduction);
    return JsonParser.parseString(
            "{'inputs': %d, 'layers': [%s]%s}".formatted(width, layer, lost).replace('\'', '"'))
        .getAsJsonObject();
  }

  private static boolean isRowwise(Golden golden) {
    return golden.text("activation").equals("softmax");
  }

  /** The width of the layer: that of a row for a function of rows, else 1. */
  private static int width(Golden golden) {
    int[] shape = golden.tensor("input").shape();
    return isRowwise(golden) ? shape[shape.length - 1] : 1;
  }

  private static Tensor rows(Golden golden, String field, int width) {
    double[] values = Golden.values(golden.get(field));
    return Tensor.of(values, values.length / width, width).to(golden.dtype());
  }

  private static Tensor column(double[] values, Golden golden) {
    return Tensor.of(values, values.length, 1).to(golden.dtype());
  }
}
