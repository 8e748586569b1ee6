package dev.gradpoet.processor.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing reads the padding of rows: with NaN in all of it, of parameters, gradients, the optimizer's memory and the rows of a batch, every move gives
 * the bits that it gives without.
 */
class PaddingTest {

  private static final List<Optimizer> OPTIMIZERS = List.of(
      Sgd.of(0.1),
      Sgd.of(0.1).momentum(0.9).nesterov(true).weightDecay(0.01),
      Adam.of(0.01).amsgrad(true).weightDecay(0.01),
      AdamW.of(0.01).eps(0),
      RmsProp.of(0.01).centered(true).momentum(0.5),
      Adagrad.of(0.05).lrDecay(0.01).eps(0));

  @TempDir
  private Path directory;

  private final List<String> failures = new ArrayList<>();

  @Test
  void paddingIsNotReadByAFewNetworks() throws Exception {
    List<Net> nets = new ArrayList<>(RandomNets.of(6, 12));
    Nets.graphs().stream().filter(net -> net.name.startsWith("Norms")).forEach(nets::add);
    nets.addAll(Sample.oneIn(3, Nets.layers()));
    requireNotRead(nets, 2_000);
  }

  @Test
  @Tag("exhaustive")
  void paddingIsNeverRead() throws Exception {
    List<Net> nets = new ArrayList<>(RandomNets.of(32, 12));
    nets.addAll(Nets.edges().subList(0, 16));
    nets.addAll(Nets.layers());
    requireNotRead(nets, 20_000);
  }

  private void requireNotRead(List<Net> nets, int fewestPoisoned) throws Exception {
    ClassLoader loader = Nets.compile(nets);
    Map<DType, Integer> poisoned = new EnumMap<>(DType.class);
    for (int k = 0; k < nets.size(); k++) {
      compare(loader, nets.get(k), k, OPTIMIZERS.get(k % OPTIMIZERS.size()))
          .forEach((dtype, values) -> poisoned.merge(dtype, values, Integer::sum));
    }
    assertThat(failures).isEmpty();
    assertThat(poisoned).containsOnlyKeys(DType.FLOAT32, DType.FLOAT64);
    assertThat(poisoned.values()).allMatch(values -> values > fewestPoisoned, "" + poisoned);
  }

  private Map<DType, Integer> compare(ClassLoader loader, Net net, int k, Optimizer optimizer)
      throws Exception {
    List<Tensor> clean = run(Nets.load(loader, net, k), net, optimizer, null);
    Poison poison = new Poison(net);
    List<Tensor> poisoned = run(Nets.load(loader, net, k), net, optimizer, poison);
    for (int i = 0; i < clean.size(); i++) {
      if (!sameBits(clean.get(i), poisoned.get(i))) {
        failures.add(net.name + ", " + optimizer + ", result " + i + ": " + clean.get(i) + " and "
            + poisoned.get(i));
        break;
      }
    }
    return poison.values();
  }

  private static boolean sameBits(Tensor one, Tensor other) {
    return Arrays.equals(one.toDoubleArray(), other.toDoubleArray());
  }

  /** A run through all entry points, with the padding poisoned before each if there is a poison. */
  private List<Tensor> run(Model model, Net net, Optimizer optimizer, Poison poison)
      throws Exception {
    int rows = 5;
    boolean classes = net.loss() == Loss.CROSS_ENTROPY || net.loss() == Loss.NLL;
    Batch batch = classes ? Batch.classes(net, rows, 1) : Batch.dense(net, rows, 1);
    Tensor[] x = batch.tensors(net);
    List<Tensor> results = new ArrayList<>();
    Trainer trainer = model.trainer(optimizer, rows);
    Tensor ones = Tensor.zeros(net.dtype(), rows, net.outputs());
    ones.copyFrom(fill(ones));
    for (int turn = 0; turn < 2; turn++) {
      poison(poison, model, trainer);
      moves(net, batch, x, ones, trainer, results);
      poison(poison, model, trainer);
      results.add(copy(Tensor.of(trainer.clipGradNorm(0.5))));
      poison(poison, model, trainer);
      trainer.clipGradValue(0.01);
      poison(poison, model, trainer);
      trainer.update();
      if (net.loss() != Loss.NONE) {
        poison(poison, model, trainer);
        results.add(Tensor.of(trainer.step(x, batch.target())));
        poison(poison, model, trainer);
        results.add(Tensor.of(trainer.evaluate(x, batch.target())));
      }
      collect(model, x, results);
    }
    // what goes out and comes back, in all ways
    Map<String, Tensor> state = trainer.state();
    Path file = directory.resolve(net.name + (poison == null ? "" : "Poisoned") + ".safetensors");
    model.save(file);
    damage(net, model, trainer, x, ones);
    poison(poison, model, trainer);
    model.load(file);
    trainer.loadState(state);
    collect(model, x, results);
    results.addAll(trainer.state().values());
    Model copy = model.copy();
    collect(copy, x, results);
    Trainer again = copy.trainer(optimizer, rows);
    again.loadState(state);
    moves(net, batch, x, ones, again, results);
    again.update();
    collect(copy, x, results);
    return results;
  }

  private static double[] fill(Tensor tensor) {
    double[] ones = new double[tensor.size()];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void moves(
      Net net, Batch batch, Tensor[] x, Tensor ones, Trainer trainer, List<Tensor> results) {
    trainer.zeroGrad();
    trainer.forward(x);
    results.add(copy(trainer.output()));
    if (net.loss() == Loss.NONE) {
      trainer.backward(ones);
    } else {
      results.add(Tensor.of(trainer.loss(batch.target())));
      trainer.backward();
    }
    net.dense().forEach(input -> results.add(copy(trainer.inputGradient(input.name()))));
  }

  /** A batch of NaN, its norm, and an update: no number is left in the network. */
  private static void damage(Net net, Model model, Trainer trainer, Tensor[] x, Tensor ones) {
    Tensor[] bad = x.clone();
    for (int i = 0; i < bad.length; i++) {
      bad[i] = net.inputs.get(i).isDense() ? nan(x[i]) : x[i];
    }
    trainer.zeroGrad();
    trainer.forward(bad);
    trainer.backward(net.dense().isEmpty() ? nan(ones) : ones);
    trainer.clipGradNorm(1);
    trainer.update();
    assertThat(model.forward(x).toDoubleArray()).contains(Double.NaN);
  }

  private static Tensor nan(Tensor t) {
    Tensor nan = copy(t);
    double[] values = new double[nan.size()];
    Arrays.fill(values, Double.NaN);
    nan.copyFrom(values);
    return nan;
  }

  private static void collect(Model model, Tensor[] x, List<Tensor> results) {
    model.parameters().values().forEach(each -> results.add(copy(each)));
    results.add(model.forward(x));
    results.add(model.forward(Arrays.stream(x).map(PaddingTest::row).toArray(Tensor[]::new)));
  }

  private static Tensor row(Tensor x) {
    Tensor row = Tensor.zeros(x.dtype(), x.shape()[1]);
    row.copyFrom(Arrays.copyOf(x.toDoubleArray(), row.size()));
    return row;
  }

  private static Tensor copy(Tensor t) {
    Tensor copy = Tensor.zeros(t.dtype(), t.shape());
    copy.copyFrom(t);
    return copy;
  }

  private static void poison(Poison poison, Model model, Trainer trainer) throws Exception {
    if (poison != null) {
      poison.spread(model);
      poison.spread(trainer);
    }
  }
}
