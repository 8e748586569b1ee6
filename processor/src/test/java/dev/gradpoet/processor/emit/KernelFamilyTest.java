package dev.gradpoet.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.SpecBuilder;
import dev.gradpoet.processor.emit.kernel.plain.PlainFamily;
import dev.gradpoet.processor.emit.kernel.simd.SimdFamily;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The families' kernels of layers have the same bits, forward, backward and in a step. */
class KernelFamilyTest {

  @Test
  @Tag("exhaustive")
  void matricesOfManyPanelsGiveTheSameBitsForthAndBack() {
    FamilyNetworks networks = FamilyNetworks.both(
            SpecBuilder.inputs(500).linear("hidden", 530, Activation.RELU).linear("layer", 520))
        .compile();
    Model plain = networks.network("plain");
    Model simd = networks.network("simd");
    Trainer plainTrainer = plain.trainer(Sgd.of(0.1), 40);
    Trainer simdTrainer = simd.trainer(Sgd.of(0.1), 40);
    // a single row, whole tiles, what is left of them, and more than one pass of inference takes
    for (int rows : new int[] {1, 6, 31, 32, 33, 40, 77}) {
      Generator g = new Generator().manualSeed(7);
      Tensor x = g.randn(DType.FLOAT32, rows, 500);
      assertThat(simd.forward(x)).as("%d rows", rows).isEqualTo(plain.forward(x));
      if (rows > 40) {
        continue;
      }
      Tensor gradient = g.randn(DType.FLOAT32, rows, 520);
      for (Trainer trainer : List.of(plainTrainer, simdTrainer)) {
        trainer.zeroGrad();
        trainer.forward(x);
        trainer.backward(gradient);
      }
      assertThat(simdTrainer.inputGradient()).isEqualTo(plainTrainer.inputGradient());
      for (String name : plain.parameters().keySet()) {
        assertThat(simdTrainer.gradient(name)).as(name).isEqualTo(plainTrainer.gradient(name));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void normsGiveTheSameBitsForthAndBackAndInAStep(DType dtype) {
    assertSameBitsForthAndBackAndInAStep(SpecBuilder.inputs(21)
        .layerNorm("first", "input", true)
        .linear("hidden", 21, Activation.RELU)
        .layerNorm("second", "hidden", true)
        .layerNorm("third", "hidden", false)
        .add("sum", "second", "third", "hidden")
        .linear("wide", 70)
        .layerNorm("last", "wide", true)
        .loss(Loss.MSE)
        .dtype(dtype));
  }

  /** Of a network with 21 inputs and 70 outputs. */
  private static void assertSameBitsForthAndBackAndInAStep(SpecBuilder builder) {
    FamilyNetworks networks = FamilyNetworks.both(builder).compile();
    for (int rows : new int[] {1, 6, 17}) {
      Generator g = new Generator().manualSeed(rows);
      Tensor x = g.randn(builder.dtype(), rows, 21);
      Tensor y = g.randn(builder.dtype(), rows, 70);
      List<List<Tensor>> results = new ArrayList<>();
      for (String prefix : FamilyNetworks.BOTH) {
        Model moved = networks.network(prefix);
        Model stepped = moved.copy();
        Trainer trainer = moved.trainer(Sgd.of(0.1), rows);
        List<Tensor> result = new ArrayList<>(List.of(moved.forward(x)));
        trainer.forward(x);
        trainer.loss(y);
        trainer.backward();
        result.add(trainer.inputGradient());
        moved.parameters().keySet().forEach(name -> result.add(trainer.gradient(name)));
        trainer.update();
        stepped.trainer(Sgd.of(0.1), rows).step(x, y);
        assertThat(stepped.parameters()).isEqualTo(moved.parameters());
        results.add(result);
      }
      assertThat(results.get(1)).as("%d rows", rows).isEqualTo(results.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void elementwiseLayersGiveTheSameBits(DType dtype) {
    assertSameBitsForthAndBackAndInAStep(SpecBuilder.inputs(21)
        .linear("hidden", 21, Activation.RELU)
        .mul("product", Activation.GELU, "hidden", "input", "hidden")
        .activate("softplus", "input", Activation.SOFTPLUS)
        .activate("tanh", "product", Activation.TANH)
        .activate("same", "tanh", Activation.IDENTITY)
        .prelu("one", "hidden", false)
        .prelu("each", "input", true)
        .add("sum", "softplus", "same", "product", "one", "each", "input", "hidden")
        .prelu("sloped", "sum", true)
        .linear("layer", 70)
        .loss(Loss.MSE)
        .dtype(dtype));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void mapsGiveTheSameBits(DType dtype) {
    assertSameBitsForthAndBackAndInAStep(SpecBuilder.inputs(3, 7)
        .activate("a", "input", Activation.GELU)
        .concat("both", "a", "input")
        .mul("square", Activation.IDENTITY, "both", "both")
        .flatten("flat", "square", Activation.TANH)
        .prelu("channels", "both", true)
        .flatten("same", "channels", Activation.IDENTITY)
        .add("sum", "flat", "same")
        .linear("layer", 70)
        .loss(Loss.MSE)
        .dtype(dtype));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void layersOnTheLastDimensionsGiveTheSameBits(DType dtype) {
    assertSameBitsForthAndBackAndInAStep(SpecBuilder.inputs(3, 7)
        .linear("wide", "input", 20, true, Activation.GELU)
        .layerNorm("norm", "wide", true)
        .linear("few", "norm", 2, false, Activation.SOFTMAX)
        .linear("scores", "norm", 2, true, Activation.SILU)
        .mul("gated", Activation.SOFTMAX, "few", "scores")
        .activate("attention", "gated", Activation.LOG_SOFTMAX)
        .layerNorm("whole", "attention", 2, true)
        .add("sum", Activation.TANH, "whole", "few")
        .flatten("flat", "sum", Activation.IDENTITY)
        .linear("layer", 70)
        .loss(Loss.MSE)
        .dtype(dtype));
  }

  @Test
  void dropoutHasTheSameBits() {
    FamilyNetworks networks = FamilyNetworks.both(SpecBuilder.inputs(40)
            .dropout("first", 0.2, Activation.IDENTITY)
            .linear("hidden", 33, Activation.RELU)
            .dropout("second", 0.3, Activation.GELU)
            .linear("layer", 20))
        .compile();
    List<Object> results = new ArrayList<>();
    for (String prefix : FamilyNetworks.BOTH) {
      Model net = networks.network(prefix);
      Trainer trainer = net.trainer(Sgd.of(0.1), 9);
      Generator g = new Generator().manualSeed(7);
      List<Tensor> ofFamily = new ArrayList<>();
      for (int rows : new int[] {9, 1}) {
        Tensor x = g.randn(DType.FLOAT32, rows, 40);
        trainer.forward(x);
        ofFamily.add(Tensor.of(trainer.output().toFloatArray()));
        trainer.backward(g.randn(DType.FLOAT32, rows, 20));
        ofFamily.add(Tensor.of(trainer.inputGradient().toFloatArray()));
        trainer.update();
        ofFamily.add(net.forward(x));
      }
      results.add(ofFamily);
      results.add(net.copy().parameters());
    }
    assertThat(results.get(2)).isEqualTo(results.get(0));
    assertThat(results.get(3)).isEqualTo(results.get(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void batchNormsHaveTheSameBits(DType dtype) {
    assertSameBitsAndBuffers(
        dtype,
        SpecBuilder.inputs(40)
            .batchNorm("first", "input", false, Activation.IDENTITY)
            .linear("hidden", 33)
            .batchNorm("second", "hidden", true, Activation.GELU)
            .add("sum", "second", "hidden")
            .linear("layer", 20));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void batchNormsOfFlattenedMapsHaveTheSameBits(DType dtype) {
    assertSameBitsAndBuffers(
        dtype,
        SpecBuilder.inputs(5, 8)
            .flatten("pixels", "input", Activation.IDENTITY)
            .batchNorm("first", "pixels", false, Activation.SOFTMAX)
            .linear("rows", "input", 8, true, Activation.GELU)
            .flatten("hidden", "rows", Activation.IDENTITY)
            .batchNorm("second", "hidden", true, Activation.GELU)
            .add("sum", "first", "second", "hidden")
            .linear("layer", 20));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void batchNormsOfMapsHaveTheSameBits(DType dtype) {
    assertSameBitsAndBuffers(
        dtype,
        SpecBuilder.inputs(2, 4, 5)
            .batchNorm("first", "input", false, Activation.SOFTMAX)
            .batchNorm("second", "first", true, Activation.GELU)
            .add("sum", "first", "second", "input")
            .flatten("hidden", "sum", Activation.IDENTITY)
            .linear("wide", 33)
            .linear("layer", 20));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void normalizationsHaveTheSameBits(DType dtype) {
    FamilyNetworks networks = FamilyNetworks.both(SpecBuilder.inputs(4, 10)
            .dtype(dtype)
            .normalization("plain", Activation.IDENTITY)
            .normalization("scaled", Activation.GELU)
            .add("sum", "plain", "scaled", "input")
            .flatten("flat", "sum", Activation.IDENTITY)
            .linear("layer", 20))
        .compile();
    List<List<Tensor>> results = new ArrayList<>();
    for (String prefix : FamilyNetworks.BOTH) {
      Model net = networks.network(prefix);
      Generator g = new Generator().manualSeed(7);
      Tensor x = g.randn(dtype, 9, 40);
      net.fitNormalization(x);
      Trainer trainer = net.trainer(Adam.of(0.1), 9);
      trainer.forward(x);
      trainer.backward(g.randn(dtype, 9, 20));
      results.add(List.of(
          trainer.output().to(DType.FLOAT64),
          trainer.inputGradient().to(DType.FLOAT64),
          net.forward(x),
          net.forward(g.randn(dtype, 1, 40))));
    }
    assertThat(results.get(0)).isEqualTo(results.get(1));
  }

  /** Of networks from 40 values to 20. */
  private static void assertSameBitsAndBuffers(DType dtype, SpecBuilder spec) {
    FamilyNetworks networks = FamilyNetworks.both(spec.dtype(dtype)).compile();
    List<List<Tensor>> results = new ArrayList<>();
    for (String prefix : FamilyNetworks.BOTH) {
      Model net = networks.network(prefix);
      Trainer trainer = net.trainer(Adam.of(0.1), 9);
      Generator g = new Generator().manualSeed(7);
      List<Tensor> ofFamily = new ArrayList<>();
      for (int rows : new int[] {9, 2}) {
        Tensor x = g.randn(dtype, rows, 40);
        trainer.forward(x);
        ofFamily.add(trainer.output().to(DType.FLOAT64));
        trainer.backward(g.randn(dtype, rows, 20));
        ofFamily.add(trainer.inputGradient().to(DType.FLOAT64));
        trainer.update();
        ofFamily.add(net.forward(x));
        ofFamily.add(net.forward(g.randn(dtype, 1, 40)));
      }
      Model copy = net.copy();
      ofFamily.addAll(copy.parameters().values());
      copy.architecture()
          .layers()
          .forEach(layer -> ofFamily.addAll(layer.buffers().values()));
      results.add(ofFamily);
    }
    assertThat(results.get(0)).hasSize(8 + 6 + 6).isEqualTo(results.get(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void severalInputsAndEmbeddingsHaveTheSameBits(DType dtype) {
    FamilyNetworks networks = FamilyNetworks.both(SpecBuilder.several()
            .dense("numbers", 21)
            .indices("categories", 3, 5)
            .embedding("embedded", "categories", 7, Activation.GELU)
            .flatten("flat", "embedded", Activation.IDENTITY)
            .add("sum", "numbers", "flat")
            .embedding("rows", "categories", 4, Activation.SOFTMAX)
            .flatten("probabilities", "rows", Activation.IDENTITY)
            .concat("all", "sum", "probabilities", "numbers")
            .linear("layer", 33)
            .loss(Loss.MSE)
            .dtype(dtype))
        .compile();
    List<List<Tensor>> results = new ArrayList<>();
    for (String prefix : FamilyNetworks.BOTH) {
      Model net = networks.network(prefix);
      List<Tensor> ofFamily = new ArrayList<>();
      for (int rows : new int[] {9, 1}) {
        Generator g = new Generator().manualSeed(rows);
        Tensor[] x = {g.randn(dtype, rows, 21), g.randint(0, 5, rows, 3)};
        Trainer trainer = net.trainer(Sgd.of(0.1), rows);
        ofFamily.add(net.forward(x));
        trainer.forward(x);
        trainer.backward(g.randn(dtype, rows, 33));
        ofFamily.add(trainer.inputGradient("numbers").to(DType.FLOAT64));
        ofFamily.add(trainer.gradient("embedded.weight").to(DType.FLOAT64));
        ofFamily.add(trainer.gradient("rows.weight").to(DType.FLOAT64));
        trainer.step(x, g.randn(dtype, rows, 33));
      }
      ofFamily.addAll(net.parameters().values());
      results.add(ofFamily);
    }
    assertThat(results.get(0)).hasSize(8 + 4).isEqualTo(results.get(1));
  }

  @Test
  void aLayerMayHaveTheNameOfAFieldOfTheGeneratedClass() {
    SpecBuilder spec = SpecBuilder.inputs(40)
        .linear("all", 20, Activation.RELU)
        .linear("partial", 10)
        .linear("row", 6);

    Model net = new FamilyNetworks()
        .add(spec, "named", new PlainFamily(), new SimdFamily())
        .compile()
        .network("named");

    assertThat(net.parameters())
        .containsOnlyKeys(
            "all.weight", "all.bias", "partial.weight", "partial.bias", "row.weight", "row.bias");
    Tensor x = new Generator().manualSeed(7).randn(DType.FLOAT32, 3, 40);
    assertThat(net.copy().forward(x)).isEqualTo(net.forward(x));
  }
}
