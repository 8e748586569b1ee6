package dev.gradpoet.processor.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the cases of single functions through generated code: a network whose one layer multiplies by the identity matrix computes the
 * function alone.
 */
final class FunctionCase {

  private FunctionCase() {}

  /** The networks that a case needs. */
  static void declare(Golden golden, Networks networks) {
    if (golden.kind().equals("activation")) {
      networks.declare(activationNetwork(golden));
      if (isRowwise(golden)) {
        networks.declare(withoutProduct(golden));
      }
    }
    if (golden.kind().equals("loss")) {
      golden
          .object("results")
          .keySet()
          .forEach(reduction -> networks.declare(lossNetwork(golden, reduction)));
    }
  }

  static void activation(Golden golden, Networks networks, Comparison comparison) {
    Trainer trainer = trainer(networks, activationNetwork(golden), golden);
    Tensor input = rows(golden, "input", width(golden));
    trainer.forward(input);
    comparison.check("output", golden.get("output"), trainer.output());
    trainer.backward(rows(golden, "grad_output", width(golden)));
    comparison.check("grad", golden.get("grad"), trainer.inputGradient());
    if (golden.has("path_dependent")) {
      golden
          .get("path_dependent")
          .getAsJsonArray()
          .forEach(each -> pathDependent(golden, each.getAsJsonObject(), networks, comparison));
    }
    if (golden.has("nonfinite") && isRowwise(golden)) {
      nonfiniteRows(golden, networks, comparison);
    } else if (golden.has("nonfinite")) {
      nonfinite(golden, networks, comparison);
    }
  }

  /** Either of two answers is right. */
  private static void pathDependent(
      Golden golden, JsonObject either, Networks networks, Comparison comparison) {
    Trainer trainer = trainer(networks, activationNetwork(golden), golden);
    trainer.forward(column(Golden.values(either.get("input")), golden));
    trainer.backward(column(new double[] {1}, golden));
    comparison.checkEither(
        "output at " + either.get("input"),
        either.get("output_scalar"),
        either.get("output_vector"),
        trainer.output().toDoubleArray()[0]);
    comparison.checkEither(
        "grad at " + either.get("input"),
        either.get("grad_scalar"),
        either.get("grad_vector"),
        trainer.inputGradient().toDoubleArray()[0]);
  }

  private static void nonfinite(Golden golden, Networks networks, Comparison comparison) {
    JsonObject nonfinite = golden.object("nonfinite");
    Trainer trainer = trainer(networks, activationNetwork(golden), golden);
    double[] inputs = Golden.values(nonfinite.get("input"));
    trainer.forward(column(inputs, golden));
    double[] ones = new double[inputs.length];
    Arrays.fill(ones, 1);
    double[] outputs = trainer.output().toDoubleArray();
    trainer.backward(column(ones, golden));
    comparison.checkOrLimit("nonfinite output", nonfinite.get("output"), outputs, inputs);
    if (!golden.has("path_dependent")) {
      comparison.checkOrLimit(
          "nonfinite grad", nonfinite.get("grad"), trainer.inputGradient().toDoubleArray(), inputs);
    }
  }

  /** Rows that hold an infinity cannot pass a product with zeros: half of each is added to itself. */
  private static void nonfiniteRows(Golden golden, Networks networks, Comparison comparison) {
    JsonObject nonfinite = golden.object("nonfinite");
    int width = width(golden);
    double[] inputs = Golden.values(nonfinite.get("input"));
    double[] halves = Arrays.stream(inputs).map(x -> x / 2).toArray();
    int rows = inputs.length / width;
    double[] joined = networks
        .create(withoutProduct(golden), new Generator())
        .forward(Tensor.of(halves, rows, width).to(golden.dtype()))
        .toDoubleArray();
    double[] outputs = new double[inputs.length];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(joined, r * (width + 1), outputs, r * width, width);
    }
    comparison.check(
        "nonfinite output", nonfinite.get("output"), Tensor.of(outputs).to(golden.dtype()));
  }

  private static Declaration withoutProduct(Golden golden) {
    String function = "Activation." + Options.activation(golden.text("activation"));
    return new Declaration(
        "dtype = DType." + golden.dtype() + ", input = " + width(golden),
        "",
        "  @Add(from = {\"input\", \"input\"}, activation = " + function + ") Layer doubled();\n"
            + "  @Linear(out = 1, from = \"input\") Layer beside();\n"
            + "  @Concat(from = {\"doubled\", \"beside\"}) Layer joined();\n",
        List.of("doubled", "beside", "joined"));
  }

  static void loss(Golden golden, Networks networks, Comparison comparison) {
    JsonObject results = golden.object("results");
    for (String reduction : results.keySet()) {
      JsonObject expected = results.getAsJsonObject(reduction);
      Trainer trainer = trainer(networks, lossNetwork(golden, reduction), golden);
      trainer.forward(golden.tensor("prediction"));
      double value = trainer.loss(CaseRunner.target(golden));
      if (reduction.equals("none")) {
        comparison.check("losses", expected.get("value"), trainer.losses());
      } else {
        comparison.check(reduction + " value", expected.get("value"), value);
      }
      trainer.backward();
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
    JsonObject layer = layer(width(golden), golden.text("activation"));
    layer.add("activation_options", golden.get("activation_options"));
    return Declaration.of(network(width(golden), layer), golden.dtype());
  }

  private static Declaration lossNetwork(Golden golden, String reduction) {
    int width = golden.tensor("prediction").shape()[1];
    JsonObject network = network(width, layer(width, "identity"));
    JsonObject options = golden.object("loss_options").deepCopy();
    options.addProperty("reduction", reduction);
    network.addProperty("loss", golden.text("loss"));
    network.add("loss_options", options);
    return Declaration.of(network, golden.dtype());
  }

  private static JsonObject layer(int width, String activation) {
    JsonObject layer = new JsonObject();
    layer.addProperty("in", width);
    layer.addProperty("out", width);
    layer.addProperty("bias", false);
    layer.addProperty("activation", activation);
    return layer;
  }

  private static JsonObject network(int width, JsonObject layer) {
    JsonObject network = new JsonObject();
    network.addProperty("inputs", width);
    JsonArray layers = new JsonArray();
    layers.add(layer);
    network.add("layers", layers);
    return network;
  }

  private static boolean isRowwise(Golden golden) {
    return golden.text("activation").endsWith("softmax");
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
