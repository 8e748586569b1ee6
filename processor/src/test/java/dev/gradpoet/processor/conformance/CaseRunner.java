package dev.gradpoet.processor.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gradpoet.DType;
import dev.gradpoet.runtime.Functional;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.Arrays;

/** Runs a case: in two steps, because all networks are compiled between them. */
final class CaseRunner {

  private final Networks networks;

  CaseRunner(Networks networks) {
    this.networks = networks;
  }

  /** The network that a case needs. */
  void declare(Golden golden) {
    if (golden.has("network") || golden.has("graph")) {
      networks.declare(declaration(golden));
    }
    FunctionCase.declare(golden, networks);
  }

  /** Whether this version has what a case is of. */
  static boolean reads(Golden golden) {
    return !golden.has("graph") || GraphDeclaration.exists(golden.object("graph"));
  }

  /** Compares everything that the case holds. */
  Comparison run(Golden golden) {
    Comparison comparison = new Comparison(golden);
    switch (golden.kind()) {
      case "network" -> network(golden, comparison);
      case "training", "graph_training" -> training(golden, comparison);
      case "graph" -> graph(golden, comparison);
      case "init" -> init(golden, comparison);
      case "random" -> RandomCase.run(golden, comparison);
      case "activation" -> {
        FunctionCase.activation(golden, networks, comparison);
        FunctionalCase.activation(golden, comparison);
      }
      case "loss" -> {
        FunctionCase.loss(golden, networks, comparison);
        FunctionalCase.loss(golden, comparison);
      }
      case "one_hot" -> oneHot(golden, comparison);
      default -> comparison.failures().add(golden + ": unknown kind " + golden.kind());
    }
    return comparison;
  }

  private static Declaration declaration(Golden golden) {
    return golden.has("graph")
        ? GraphDeclaration.of(golden.object("graph"), golden.dtype())
        : Declaration.of(golden.object("network"), golden.dtype());
  }

  private void init(Golden golden, Comparison comparison) {
    Declaration declaration = declaration(golden);
    Model model = networks.create(declaration, new Generator().manualSeed(golden.integer("seed")));
    checkParameters("params", golden, declaration, model, comparison);
  }

  private static void checkParameters(
      String field, Golden golden, Declaration declaration, Model model, Comparison comparison) {
    comparison.check(
        field, golden.object(field), name -> model.parameters().get(declaration.parameter(name)));
  }

  private static void checkDetermined(
      String field, Golden golden, Declaration declaration, Model model, Comparison comparison) {
    comparison.check(
        field,
        Rounding.of(golden).without(golden.object(field)),
        name -> model.parameters().get(declaration.parameter(name)));
  }

  private static void checkBuffersDetermined(
      String field, Golden golden, Declaration declaration, Model model, Comparison comparison) {
    if (golden.has(field)) {
      comparison.check(
          field,
          Rounding.of(golden).without(golden.object(field)),
          name -> buffer(model, declaration.parameter(name)));
    }
  }

  private static void checkBuffers(
      String field, Golden golden, Declaration declaration, Model model, Comparison comparison) {
    if (golden.has(field)) {
      comparison.check(
          field, golden.object(field), name -> buffer(model, declaration.parameter(name)));
    }
  }

  private static Tensor buffer(Model model, String name) {
    int dot = name.indexOf('.');
    return model.architecture().layers().stream()
        .filter(layer -> layer.name().equals(name.substring(0, dot)))
        .findFirst()
        .orElseThrow()
        .buffers()
        .get(name.substring(dot + 1));
  }

  /** A network with the parameters and buffers that a case starts from. */
  private Model start(Golden golden, Comparison comparison) {
    Declaration declaration = declaration(golden);
    Generator generator = new Generator();
    if (golden.has("graph")) {
      // what a network draws later follows the parameters in the stream
      generator.manualSeed(golden.integer("seed"));
    }
    Model model = networks.create(declaration, generator);
    if (golden.hasInitialParameters()) {
      checkParameters("params", golden, declaration, model, comparison);
    }
    JsonObject params = golden.object("params");
    for (String name : params.keySet()) {
      model
          .parameters()
          .get(declaration.parameter(name))
          .copyFrom(Golden.tensor(params.get(name), golden.dtype()));
    }
    if (golden.has("buffers")) {
      JsonObject buffers = golden.object("buffers");
      for (String name : buffers.keySet()) {
        Tensor buffer = buffer(model, declaration.parameter(name));
        buffer.copyFrom(Golden.tensor(buffers.get(name), buffer.dtype()));
      }
    }
    return model;
  }

  /** One pass in training or inference mode; the latter has no gradients here. */
  private void graph(Golden golden, Comparison comparison) {
    Declaration declaration = declaration(golden);
    Model model = start(golden, comparison);
    Trainer trainer = model.trainer(Sgd.of(0.1), golden.integer("batch_size"));
    Tensor[] x = GraphDeclaration.inputs(golden);
    Tensor y = target(golden);
    if (golden.text("mode").equals("eval")) {
      comparison.check("output", golden.get("output"), model.forward(x));
      comparison.check("loss", golden.get("loss"), trainer.evaluate(x, y));
      checkBuffers("buffers_after", golden, declaration, model, comparison);
      return;
    }
    trainer.forward(x);
    comparison.check("output", golden.get("output"), trainer.output());
    comparison.check("loss", golden.get("loss"), trainer.loss(y));
    trainer.backward();
    checkGradients("grads", golden, declaration, trainer, comparison);
    comparison.check("grad_inputs", golden.object("grad_inputs"), trainer::inputGradient);
    checkBuffers("buffers_after", golden, declaration, model, comparison);
  }

  private void network(Golden golden, Comparison comparison) {
    Declaration declaration = declaration(golden);
    Model model = start(golden, comparison);
    Tensor x = golden.input();
    comparison.check("output", golden.get("output"), model.forward(x));
    if (!golden.has("loss")) {
      return;
    }
    Optimizer optimizer =
        golden.has("optimizer") ? Recipe.optimizer(golden.object("optimizer")) : Sgd.of(0.1);
    Trainer trainer = model.trainer(optimizer, golden.integer("batch_size"));
    Tensor y = target(golden);
    trainer.forward(x);
    comparison.check("output", golden.get("output"), trainer.output());
    comparison.check("loss", golden.get("loss"), trainer.loss(y));
    trainer.backward();
    checkGradients("grads", golden, declaration, trainer, comparison);
    comparison.check("grad_input", golden.get("grad_input"), trainer.inputGradient());
    if (golden.has("params_after")) {
      trainer.update();
      checkParameters("params_after", golden, declaration, model, comparison);
      JsonObject byHand = golden.object("manual_update");
      comparison.check(
          "manual_update", byHand, name -> model.parameters().get(declaration.parameter(name)));
      comparison.check("output_after", golden.get("output_after"), model.forward(x));
      comparison.check("loss_after", golden.get("loss_after"), trainer.evaluate(x, y));
    }
  }

  private static void checkGradients(
      String field,
      Golden golden,
      Declaration declaration,
      Trainer trainer,
      Comparison comparison) {
    comparison.check(
        field, golden.object(field), name -> trainer.gradient(declaration.parameter(name)));
  }

  private void training(Golden golden, Comparison comparison) {
    Declaration declaration = declaration(golden);
    Model model = start(golden, comparison);
    int rows = golden.integer("batch_size");
    int batches = golden.integer("batches");
    Recipe recipe = Recipe.of(golden);
    Trainer trainer = model.trainer(recipe.optimizer(), rows);
    Tensor[] x =
        golden.has("graph") ? GraphDeclaration.inputs(golden) : new Tensor[] {golden.input()};
    Tensor y = target(golden);
    int steps = golden.integer("steps");
    double[] losses = new double[steps];
    double[] rates = new double[steps];
    double[] norms = new double[steps];
    for (int s = 0; s < steps; s++) {
      int from = s % batches * rows;
      Tensor[] xs = rows(x, from, rows);
      Tensor ys = rows(y, from, rows);
      rates[s] = recipe.learningRate(s);
      trainer.learningRate(rates[s]);
      if (s > 0 && !recipe.clips()) {
        losses[s] = trainer.step(xs, ys);
        continue;
      }
      trainer.zeroGrad();
      trainer.forward(xs);
      losses[s] = trainer.loss(ys);
      trainer.backward();
      if (s == 0) {
        comparison.check("output", golden.get("output"), trainer.output());
        if (golden.has("loss")) {
          comparison.check("loss", golden.get("loss"), losses[s]);
        }
        checkGradients("grads", golden, declaration, trainer, comparison);
      }
      norms[s] = recipe.clip(trainer);
      if (s == 0 && recipe.clips()) {
        checkGradients("grads_clipped", golden, declaration, trainer, comparison);
      }
      trainer.update();
      if (s == 0) {
        checkDetermined("params_after_1", golden, declaration, model, comparison);
        checkBuffers("buffers_after_1", golden, declaration, model, comparison);
      }
    }
    if (golden.has("lrs")) {
      comparison.check("lrs", golden.get("lrs"), Tensor.of(rates));
    }
    if (golden.has("grad_norms")) {
      comparison.check("grad_norms", golden.get("grad_norms"), Tensor.of(norms).to(golden.dtype()));
    }
    comparison.check("losses", golden.get("losses"), Tensor.of(losses).to(golden.dtype()));
    checkDetermined("params_after", golden, declaration, model, comparison);
    checkBuffersDetermined("buffers_after", golden, declaration, model, comparison);
    if (Rounding.of(golden).isEmpty()) {
      comparison.check("output_after", golden.get("output_after"), model.forward(rows(x, 0, rows)));
    }
  }

  private static void oneHot(Golden golden, Comparison comparison) {
    for (JsonElement element : golden.get("encodings").getAsJsonArray()) {
      JsonObject encoding = element.getAsJsonObject();
      Tensor label = Tensor.of(encoding.get("label").getAsLong());
      Tensor encoded = Functional.oneHot(label, encoding.get("classes").getAsInt());
      comparison.check("one_hot", encoding.get("one_hot"), encoded);
    }
  }

  /** The target: class indices as INT64, everything else in the case's dtype. */
  static Tensor target(Golden golden) {
    DType dtype = golden.text("target_kind").equals("index") ? DType.INT64 : golden.dtype();
    return Golden.tensor(golden.get("target"), dtype);
  }

  /** Some rows of each input. */
  private static Tensor[] rows(Tensor[] inputs, int from, int count) {
    return Arrays.stream(inputs).map(each -> rows(each, from, count)).toArray(Tensor[]::new);
  }

  /** Some rows of a tensor of any rank. */
  private static Tensor rows(Tensor t, int from, int count) {
    int[] shape = t.shape();
    int width = t.size() / shape[0];
    shape[0] = count;
    double[] values = new double[count * width];
    System.arraycopy(t.toDoubleArray(), from * width, values, 0, values.length);
    return Tensor.of(values, shape).to(t.dtype());
  }
}
