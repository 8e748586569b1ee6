package dev.gradpoet.processor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every activation and loss at zeros, subnormal and huge numbers, infinities and NaN has PyTorch's value and derivative, in vectors and alone;
 * {@code edges/make_edges.py} made the tables.
 */
class EdgesTest {

  private static final int ONE_IN = 11;

  private final List<String> failures = new ArrayList<>();
  private int compared;

  @Test
  void someActivations() {
    activations(Sample.oneIn(ONE_IN, EdgeCase.read("activations.txt")));
  }

  @Test
  @Tag("exhaustive")
  void activations() {
    activations(EdgeCase.read("activations.txt"));
    assertThat(compared).isGreaterThan(20_000);
  }

  private void activations(Map<EdgeCase, List<EdgeCase>> table) {
    Map<String, String> sources = new LinkedHashMap<>();
    table.forEach((network, cases) -> {
      String options =
          network.options().isEmpty() ? "" : "@ActivationOptions(" + network.options() + ")";
      for (int out : new int[] {1, cases.size()}) {
        String name = "A" + sources.size();
        sources.put("edges." + name, """
            package edges;
            import dev.gradpoet.*;
            import dev.gradpoet.runtime.Layer;
            @Network(input = 1, dtype = DType.%s)
            public interface %s { %s @Linear(out = %d, activation = Activation.%s) Layer a(); }
            """.formatted(
                network.dtype(), name, options, out, network.function()));
      }
    });
    ClassLoader loader = SourceCompiler.process(sources);
    int next = 0;
    for (List<EdgeCase> cases : table.values()) {
      alone(load(loader, "A" + next++), cases);
      inVectors(load(loader, "A" + next++), cases);
      functional(cases);
    }
    assertThat(failures).isEmpty();
  }

  /** A row a number, through a layer that multiplies by 1. */
  private void alone(Model model, List<EdgeCase> cases) {
    DType dtype = cases.get(0).dtype();
    model.layer(0).weight().set(1, 0, 0);
    model.layer(0).bias().set(-0.0, 0);
    Tensor x = column(cases, dtype, EdgesTest::x);
    Trainer trainer = model.trainer(Sgd.of(1), cases.size());
    trainer.forward(x);
    compare("alone", cases, 1, trainer.output().toDoubleArray());
    compare("alone, without a trainer", cases, 1, model.forward(x).toDoubleArray());
    trainer.backward(column(cases, dtype, each -> 1));
    compare("gradient alone", cases, 2, trainer.inputGradient().toDoubleArray());
  }

  /** All numbers in a row, as biases. */
  private void inVectors(Model model, List<EdgeCase> cases) {
    DType dtype = cases.get(0).dtype();
    model.layer(0).weight().copyFrom(Tensor.zeros(dtype, cases.size(), 1));
    model.layer(0).bias().copyFrom(cases.stream().mapToDouble(EdgesTest::x).toArray());
    Trainer trainer = model.trainer(Sgd.of(1), 1);
    Tensor zero = Tensor.zeros(dtype, 1, 1);
    trainer.forward(zero);
    compare("in vectors", cases, 1, trainer.output().toDoubleArray());
    compare("in a row", cases, 1, model.forward(zero).toDoubleArray());
    double[] of3 = model.forward(Tensor.zeros(dtype, 3, 1)).toDoubleArray();
    compare("in rows", cases, 1, Arrays.copyOfRange(of3, 2 * cases.size(), 3 * cases.size()));
    Tensor ones = Tensor.zeros(dtype, 1, cases.size());
    ones.copyFrom(cases.stream().mapToDouble(each -> 1).toArray());
    trainer.backward(ones);
    compare("gradient in vectors", cases, 2, trainer.gradient("a.bias").toDoubleArray());
  }

  private void functional(List<EdgeCase> cases) {
    EdgeFunctions.activation(cases.get(0))
        .ifPresent(function -> compare(
            "Functional",
            cases,
            1,
            function.apply(column(cases, cases.get(0).dtype(), EdgesTest::x)).toDoubleArray()));
  }

  @Test
  void someLosses() {
    losses(Sample.oneIn(ONE_IN, EdgeCase.read("losses.txt")));
  }

  @Test
  @Tag("exhaustive")
  void losses() {
    losses(EdgeCase.read("losses.txt"));
    assertThat(compared).isGreaterThan(10_000);
  }

  private void losses(Map<EdgeCase, List<EdgeCase>> table) {
    Map<String, String> sources = new LinkedHashMap<>();
    table.keySet().forEach(network -> {
      for (String reduction : new String[] {"NONE", "MEAN"}) {
        String more = network.options().isEmpty() ? "" : ", " + network.options();
        String name = "L" + sources.size();
        sources.put("edges." + name, """
            package edges;
            import dev.gradpoet.*;
            @SuppressWarnings("gradpoet")
            @LossOptions(reduction = Reduction.%s%s)
            @Network(layers = {1, %d}, loss = Loss.%s, dtype = DType.%s)
            public interface %s {}
            """.formatted(
                reduction,
                more,
                reduction.equals("NONE") ? 1 : 2,
                network.function(),
                network.dtype(),
                name));
      }
    });
    ClassLoader loader = SourceCompiler.process(sources);
    int next = 0;
    for (List<EdgeCase> cases : table.values()) {
      eachLoss(load(loader, "L" + next++), cases);
      meanOfTwo(load(loader, "L" + next++), cases);
      compare("Functional", cases, 2, EdgeFunctions.losses(cases));
    }
    assertThat(failures).isEmpty();
  }

  private void eachLoss(Model model, List<EdgeCase> cases) {
    DType dtype = cases.get(0).dtype();
    model.layer(0).weight().set(1, 0, 0);
    model.layer(0).bias().set(-0.0, 0);
    Trainer trainer = model.trainer(Sgd.of(1), cases.size());
    trainer.forward(column(cases, dtype, EdgesTest::x));
    trainer.loss(column(cases, dtype, EdgesTest::target));
    compare("loss", cases, 2, trainer.losses().toDoubleArray());
    trainer.backward();
    compare("gradient", cases, 3, trainer.inputGradient().toDoubleArray());
  }

  /** A mean of two equal losses, one pair at a time. */
  private void meanOfTwo(Model model, List<EdgeCase> cases) {
    DType dtype = cases.get(0).dtype();
    model.layer(0).weight().copyFrom(Tensor.zeros(dtype, 2, 1));
    Trainer trainer = model.trainer(Sgd.of(1), 1);
    double[] gradients = new double[cases.size()];
    for (int i = 0; i < gradients.length; i++) {
      model.layer(0).bias().copyFrom(new double[] {x(cases.get(i)), x(cases.get(i))});
      trainer.zeroGrad();
      trainer.forward(Tensor.zeros(dtype, 1, 1));
      double t = target(cases.get(i));
      trainer.loss(Tensor.of(new double[] {t, t}, 1, 2).to(dtype));
      trainer.backward();
      gradients[i] = trainer.gradient("0.bias").get(1);
    }
    compare("gradient of a mean", cases, 4, gradients);
  }

  @Test
  void crossEntropyOfRowsWithSomeOptions() {
    crossEntropyOfRows(Sample.oneIn(ONE_IN, EdgeCase.read("rows.txt")));
  }

  @Test
  @Tag("exhaustive")
  void crossEntropyOfRows() {
    crossEntropyOfRows(EdgeCase.read("rows.txt"));
    assertThat(compared).isGreaterThan(1_500);
  }

  private void crossEntropyOfRows(Map<EdgeCase, List<EdgeCase>> table) {
    Map<String, String> sources = new LinkedHashMap<>();
    table.keySet().forEach(network -> {
      String more = network.options().isEmpty() ? "" : ", " + network.options();
      String name = "C" + sources.size();
      sources.put("edges." + name, """
          package edges;
          import dev.gradpoet.*;
          @LossOptions(reduction = Reduction.SUM%s)
          @Network(layers = {1, 3}, loss = Loss.CROSS_ENTROPY, dtype = DType.%s)
          public interface %s {}
          """.formatted(more, network.dtype(), name));
    });
    ClassLoader loader = SourceCompiler.process(sources);
    int next = 0;
    for (List<EdgeCase> cases : table.values()) {
      Model model = load(loader, "C" + next++);
      DType dtype = cases.get(0).dtype();
      model.layer(0).weight().copyFrom(Tensor.zeros(dtype, 3, 1));
      Trainer trainer = model.trainer(Sgd.of(1), 1);
      for (EdgeCase each : cases) {
        model.layer(0).bias().copyFrom(each.row(0));
        Tensor target = each.numbers().get(1).contains(" ")
            ? Tensor.of(each.row(1), 1, 3).to(dtype)
            : Tensor.of(new long[] {(long) each.number(1)}, 1);
        trainer.zeroGrad();
        trainer.forward(Tensor.zeros(dtype, 1, 1));
        check("loss", each, each.agrees(2, trainer.loss(target), false), trainer.loss(target));
        double functional = EdgeFunctions.crossEntropy(each, target);
        OptionalDouble limit = EdgeLimits.crossEntropy(each);
        boolean agrees = limit.isPresent()
            ? each.near(limit.getAsDouble(), functional, false)
            : each.agrees(2, functional, false);
        check("Functional", each, agrees, functional);
        trainer.backward();
        double[] gradient = trainer.gradient("0.bias").toDoubleArray();
        double[] expected = each.row(3);
        for (int c = 0; c < 3; c++) {
          check("gradient " + c, each, each.near(expected[c], gradient[c], false), gradient[c]);
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  private static double x(EdgeCase each) {
    return each.number(0);
  }

  private static double target(EdgeCase each) {
    return each.number(1);
  }

  private static Tensor column(List<EdgeCase> cases, DType dtype, ToDoubleFunction<EdgeCase> of) {
    return Tensor.of(cases.stream().mapToDouble(of).toArray(), cases.size(), 1).to(dtype);
  }

  private void compare(String what, List<EdgeCase> cases, int column, double[] actual) {
    for (int i = 0; i < actual.length; i++) {
      EdgeCase each = cases.get(i);
      boolean tiny = Math.abs(x(each)) < 1e-5;
      OptionalDouble limit = EdgeLimits.of(what, each, column);
      boolean agrees = limit.isPresent()
          ? each.near(limit.getAsDouble(), actual[i], tiny)
          : each.agrees(column, actual[i], tiny);
      check(what, each, agrees, actual[i]);
    }
  }

  private void check(String what, EdgeCase each, boolean agrees, double actual) {
    compared++;
    if (!agrees) {
      failures.add(what + ": " + each + " is " + actual);
    }
  }

  private static Model load(ClassLoader loader, String name) {
    try {
      return (Model) loader
          .loadClass("edges." + name + "Network")
          .getConstructor(long.class)
          .newInstance(1L);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
