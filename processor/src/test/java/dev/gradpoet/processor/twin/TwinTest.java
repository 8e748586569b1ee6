package dev.gradpoet.processor.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Generated classes agree with the interpreter: outputs, loss, and the gradients of all parameters and of the input. */
class TwinTest {

  private static final int[] BATCHES = {1, 2, 3, 7, 15, 16, 17, 33};

  @Test
  void atSizesAroundSomeEdges() {
    assertAgreement(Sample.oneIn(13, Nets.edges()));
  }

  @Test
  @Tag("exhaustive")
  void atSizesAroundEveryEdge() {
    assertAgreement(Nets.edges());
  }

  @Test
  void onSomeResidualsBranchesAndJoins() {
    assertAgreement(Sample.oneIn(4, Nets.graphs()));
  }

  @Test
  @Tag("exhaustive")
  void onResidualsBranchesAndJoins() {
    assertAgreement(Nets.graphs());
  }

  @Test
  void onLossesBehindSomeActivations() {
    assertAgreement(Sample.oneIn(29, Nets.lossesByTurns()));
  }

  @Test
  @Tag("exhaustive")
  void onEveryLossBehindEveryActivation() {
    assertAgreement(Nets.lossesByTurns());
  }

  @Test
  void withoutALossOnAGradientOfTheCallers() {
    assertAgreementWithoutALoss(Sample.oneIn(5, Nets.graphs()));
  }

  @Test
  @Tag("exhaustive")
  void withoutALossOnAGradientOfTheCallersInAllGraphs() {
    assertAgreementWithoutALoss(Nets.graphs());
  }

  @Test
  void onSomeOfTheLayersWithKernelsOfTheirOwn() {
    assertAgreement(Sample.oneIn(3, Nets.layers()));
    assertAgreementWithoutALoss(Sample.oneIn(8, Nets.layers()));
  }

  @Test
  @Tag("exhaustive")
  void onLayersWithKernelsOfTheirOwn() {
    // the place in a list decides weights and rows, which stay clear of the kinks of these networks
    for (List<Net> kind : Nets.kindsOfLayers()) {
      assertAgreement(kind);
      assertAgreementWithoutALoss(kind);
    }
  }

  private static void assertAgreementWithoutALoss(List<Net> nets) {
    nets.forEach(net -> net.loss(Loss.NONE, Reduction.MEAN));
    assertAgreement(nets);
  }

  @Test
  void onTenRandomDeclarations() {
    assertAgreement(RandomNets.of(10, 2026), Agreement::ofRandom);
  }

  @Test
  @Tag("exhaustive")
  void onFiveHundredRandomDeclarations() {
    assertAgreement(RandomNets.of(500, 2026), Agreement::ofRandom);
  }

  private static void assertAgreement(List<Net> nets) {
    assertAgreement(nets, Agreement::new);
  }

  private static void assertAgreement(
      List<Net> nets, BiFunction<Net, List<String>, Agreement> agreement) {
    ClassLoader loader = Nets.compile(nets);
    List<String> failures = new ArrayList<>();
    for (int k = 0; k < nets.size(); k++) {
      Net net = nets.get(k);
      int rows = Math.max(net.has(Net.Kind.BATCH_NORM) ? 2 : 1, BATCHES[k % BATCHES.length]);
      boolean ignores = net.loss() == Loss.CROSS_ENTROPY && net.lossFormula().ignoreIndex() >= 0;
      // no class is ignored beside dense targets
      if (net.loss() != Loss.NLL && !ignores) {
        compare(
            Nets.load(loader, net, k),
            net,
            Batch.dense(net, rows, k),
            agreement.apply(net, failures));
      }
      if (net.loss() == Loss.CROSS_ENTROPY || net.loss() == Loss.NLL) {
        compare(
            Nets.load(loader, net, k),
            net,
            Batch.classes(net, rows, k),
            agreement.apply(net, failures));
      }
    }
    assertThat(failures).isEmpty();
  }

  private static void checkInputGradients(
      String of, Net net, Trainer trainer, Map<String, double[][]> expected, Agreement agreement) {
    for (Net.Input input : net.dense()) {
      agreement.check(
          "gradient of " + input.name() + of,
          trainer.inputGradient(input.name()),
          expected.get(input.name()));
    }
  }

  private static void compare(Model model, Net net, Batch batch, Agreement agreement) {
    if (net.has(Net.Kind.NORMALIZATION)) {
      model.fitNormalization(Batch.dense(net, 5, 7).tensors(net));
    }
    // A batch before it, larger and other, whose rows must leave no trace.
    Trainer trainer = model.trainer(Sgd.of(0.1), batch.rows() + 2);
    Batch before = Batch.dense(net, batch.rows() + 2, 99);
    trainer.forward(before.tensors(net));
    trainer.backward(Batch.tensor(net.dtype(), before.targets()));
    trainer.zeroGrad();
    Generator generator = new Generator();
    if (trainer.state().containsKey("generator")) {
      generator.setState(trainer.state().get("generator"));
    }
    Interpreter twin = new Interpreter(net, Nets.tensors(model), generator);
    double[][] outputs = twin.forward(batch.inputs());
    trainer.forward(batch.tensors(net));
    agreement.check("output", trainer.output(), outputs);
    if (net.loss() != Loss.NONE) {
      agreement.check("loss", trainer.loss(batch.target()), twin.loss(batch));
      trainer.backward();
      Map<String, double[][]> inputGradients = twin.backward(twin.lossGradient(batch));
      for (String name : model.parameters().keySet()) {
        agreement.check(
            name, trainer.gradient(name).toDoubleArray(), twin.parameterGradients.get(name));
      }
      checkInputGradients("", net, trainer, inputGradients, agreement);
    }

    // A gradient of the caller's own, on top of what has accumulated.
    double[][] own = new double[batch.rows()][net.outputs()];
    for (int r = 0; r < own.length; r++) {
      for (int o = 0; o < own[r].length; o++) {
        own[r][o] = (float) Math.sin(r + 3.0 * o);
      }
    }
    trainer.zeroGrad();
    trainer.backward(Batch.tensor(net.dtype(), own));
    checkInputGradients(" of a seed", net, trainer, twin.backward(own), agreement);
    for (String name : model.parameters().keySet()) {
      Tensor gradient = trainer.gradient(name);
      agreement.check(
          name + " of a seed", gradient.toDoubleArray(), twin.parameterGradients.get(name));
    }
  }
}
