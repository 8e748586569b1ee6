package dev.gradpoet.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.JavaFile;
import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.SpecBuilder;
import dev.gradpoet.processor.emit.kernel.KernelFamily;
import dev.gradpoet.processor.emit.kernel.plain.PlainFamily;
import dev.gradpoet.processor.emit.kernel.simd.SimdFamily;
import dev.gradpoet.processor.graph.Differentiation;
import dev.gradpoet.processor.graph.GraphBuilder;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.Planner;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.processor.validate.ValidSpec;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelFamilyTest {

  private record Shape(int in, int out, DType dtype) {
    String packageName() {
      return "in" + in + "out" + out + dtype.name().toLowerCase(Locale.ROOT);
    }
  }

  @Test
  void twoFamiliesOfOnePlanGiveTheSameBits() throws ReflectiveOperationException {
    assertSameBits(Sample.oneIn(7, shapes()));
  }

  @Test
  @Tag("exhaustive")
  void soTheyDoInEveryShape() throws ReflectiveOperationException {
    assertSameBits(shapes());
  }

  private static List<Shape> shapes() {
    // 600: weights that are larger than the nearest cache
    return Stream.of(1, 7, 8, 16, 17, 33, 100, 600)
        .flatMap(in ->
            Stream.of(1, 3, 8, 10, 16, 31, 33, 129).map(out -> new Shape(in, out, DType.FLOAT32)))
        .toList();
  }

  @Test
  void soDoWeightsOfSeveralPanels() throws ReflectiveOperationException {
    assertSameBits(Sample.oneIn(5, panels()));
  }

  @Test
  @Tag("exhaustive")
  void soDoWeightsOfEveryNumberOfPanels() throws ReflectiveOperationException {
    assertSameBits(panels());
  }

  private static List<Shape> panels() {
    // 7: so few rows that they are one panel; 70 to 300 leave one vector and more behind whole
    // pairs
    return Stream.of(7, 40)
        .flatMap(in -> Stream.of(70, 100, 128, 140, 200, 240, 300)
            .map(out -> new Shape(in, out, DType.FLOAT32)))
        .toList();
  }

  @Test
  void inDoubleToo() throws ReflectiveOperationException {
    assertSameBits(List.of(new Shape(33, 3, DType.FLOAT64), new Shape(40, 200, DType.FLOAT64)));
  }

  @Test
  @Tag("exhaustive")
  void inDoubleTooInEveryShape() throws ReflectiveOperationException {
    assertSameBits(List.of(
        new Shape(64, 32, DType.FLOAT64),
        new Shape(33, 3, DType.FLOAT64),
        new Shape(5, 129, DType.FLOAT64),
        new Shape(40, 200, DType.FLOAT64),
        new Shape(40, 300, DType.FLOAT64)));
  }

  @Test
  @Tag("exhaustive")
  void matricesOfManyPanelsGiveTheSameBitsForthAndBack() throws ReflectiveOperationException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String prefix : List.of("plain", "simd")) {
      ValidSpec spec = SpecBuilder.inputs(500)
          .linear("hidden", 530, Activation.RELU)
          .linear("layer", 520)
          .inPackage(prefix)
          .build();
      KernelFamily[] families = prefix.equals("plain")
          ? new KernelFamily[] {new PlainFamily()}
          : new KernelFamily[] {new PlainFamily(), new SimdFamily()};
      add(sources, spec, prefix, families);
    }
    ClassLoader loader = SourceCompiler.compile(sources);
    Model plain = network(loader, "plain");
    Model simd = network(loader, "simd");
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

  @Test
  void gradientsOfWeightsOfSomeHeightsHaveTheSameBits() throws ReflectiveOperationException {
    assertSameBitsOfGradients(IntStream.of(1, 6, 13));
  }

  @Test
  @Tag("exhaustive")
  void gradientsOfWeightsOfAnyHeightHaveTheSameBits() throws ReflectiveOperationException {
    assertSameBitsOfGradients(IntStream.rangeClosed(1, 13));
  }

  private static void assertSameBitsOfGradients(IntStream heights)
      throws ReflectiveOperationException {
    // 112 columns are tiles of four vectors, of two and of one; up to 13 rows, none to two whole
    // tiles and anything left of one
    List<Shape> shapes =
        heights.mapToObj(in -> new Shape(in, 112, DType.FLOAT32)).toList();
    Map<String, String> sources = new LinkedHashMap<>();
    for (Shape shape : shapes) {
      add(sources, shape, "plain", new PlainFamily());
      add(sources, shape, "simd", new PlainFamily(), new SimdFamily());
    }
    ClassLoader loader = SourceCompiler.compile(sources);
    for (Shape shape : shapes) {
      Generator g = new Generator().manualSeed(7);
      Tensor x = g.randn(DType.FLOAT32, 5, shape.in());
      Tensor gradient = g.randn(DType.FLOAT32, 5, shape.out());
      List<Tensor> gradients = new ArrayList<>();
      for (String prefix : List.of("plain", "simd")) {
        Trainer trainer = network(loader, prefix, shape).trainer(Sgd.of(0.1), 5);
        for (int turn = 0; turn < 2; turn++) {
          trainer.forward(x);
          trainer.backward(gradient);
        }
        gradients.add(trainer.gradient("layer.weight"));
      }
      assertThat(gradients.get(1)).as("%s", shape).isEqualTo(gradients.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void normsGiveTheSameBitsForthAndBackAndInAStep(DType dtype) throws ReflectiveOperationException {
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
  private static void assertSameBitsForthAndBackAndInAStep(SpecBuilder builder)
      throws ReflectiveOperationException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String prefix : List.of("plain", "simd")) {
      ValidSpec spec = builder.inPackage(prefix).build();
      KernelFamily[] families = prefix.equals("plain")
          ? new KernelFamily[] {new PlainFamily()}
          : new KernelFamily[] {new PlainFamily(), new SimdFamily()};
      add(sources, spec, prefix, families);
    }
    ClassLoader loader = SourceCompiler.compile(sources);
    for (int rows : new int[] {1, 6, 17}) {
      Generator g = new Generator().manualSeed(rows);
      Tensor x = g.randn(builder.dtype(), rows, 21);
      Tensor y = g.randn(builder.dtype(), rows, 70);
      List<List<Tensor>> results = new ArrayList<>();
      for (String prefix : List.of("plain", "simd")) {
        Model moved = network(loader, prefix);
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
  void elementwiseLayersGiveTheSameBits(DType dtype) throws ReflectiveOperationException {
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

  @Test
  void dropoutHasTheSameBits() throws ReflectiveOperationException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String prefix : List.of("plain", "simd")) {
      ValidSpec spec = SpecBuilder.inputs(40)
          .dropout("first", 0.2, Activation.IDENTITY)
          .linear("hidden", 33, Activation.RELU)
          .dropout("second", 0.3, Activation.GELU)
          .linear("layer", 20)
          .inPackage(prefix)
          .build();
      KernelFamily[] families = prefix.equals("plain")
          ? new KernelFamily[] {new PlainFamily()}
          : new KernelFamily[] {new PlainFamily(), new SimdFamily()};
      add(sources, spec, prefix, families);
    }
    ClassLoader loader = SourceCompiler.compile(sources);
    List<Object> results = new ArrayList<>();
    for (String prefix : List.of("plain", "simd")) {
      Model net = network(loader, prefix);
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

  @Test
  void aLayerMayHaveTheNameOfAFieldOfTheGeneratedClass() throws ReflectiveOperationException {
    Map<String, String> sources = new LinkedHashMap<>();
    ValidSpec spec = SpecBuilder.inputs(40)
        .linear("all", 20, Activation.RELU)
        .linear("partial", 10)
        .linear("row", 6)
        .inPackage("named")
        .build();
    add(sources, spec, "named", new PlainFamily(), new SimdFamily());

    Model net = network(SourceCompiler.compile(sources), "named");

    assertThat(net.parameters())
        .containsOnlyKeys(
            "all.weight", "all.bias", "partial.weight", "partial.bias", "row.weight", "row.bias");
    Tensor x = new Generator().manualSeed(7).randn(DType.FLOAT32, 3, 40);
    assertThat(net.copy().forward(x)).isEqualTo(net.forward(x));
  }

  private static void assertSameBits(List<Shape> shapes) throws ReflectiveOperationException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Shape shape : shapes) {
      add(sources, shape, "plain", new PlainFamily());
      add(sources, shape, "twin", new TwinFamily());
      add(sources, shape, "simd", new PlainFamily(), new SimdFamily());
    }
    ClassLoader loader = SourceCompiler.compile(sources);
    for (Shape shape : shapes) {
      // a single row has kernels of its own
      for (int rows : new int[] {7, 1}) {
        Tensor x = new Generator().manualSeed(7).randn(shape.dtype(), rows, shape.in());
        double[] plain = network(loader, "plain", shape).forward(x).toDoubleArray();
        double[] twin = network(loader, "twin", shape).forward(x).toDoubleArray();
        double[] simd = network(loader, "simd", shape).forward(x).toDoubleArray();
        assertThat(twin).as("%s, %d rows", shape, rows).isEqualTo(plain);
        assertThat(simd).as("%s, %d rows", shape, rows).isEqualTo(plain);
      }
    }
  }

  private static void add(
      Map<String, String> sources, Shape shape, String prefix, KernelFamily... families) {
    String name = prefix + "." + shape.packageName();
    ValidSpec spec = SpecBuilder.inputs(shape.in())
        .linear("layer", shape.out())
        .dtype(shape.dtype())
        .inPackage(name)
        .build();
    add(sources, spec, name, families);
  }

  private static void add(
      Map<String, String> sources, ValidSpec spec, String name, KernelFamily... families) {
    Plan plan = Planner.plan(Differentiation.differentiate(GraphBuilder.build(spec)));
    String source =
        JavaFile.builder(name, NetworkEmitter.emit(plan, families)).build().toString();
    sources.put(name + ".NetNetwork", source);
    sources.put(
        name + ".Net",
        spec.layers().stream()
            .map(layer -> "dev.gradpoet.runtime.Layer " + layer.name() + "(); ")
            .collect(Collectors.joining("", "package " + name + "; public interface Net { ", "}")));
  }

  private static Model network(ClassLoader loader, String prefix, Shape shape)
      throws ReflectiveOperationException {
    return network(loader, prefix + "." + shape.packageName());
  }

  private static Model network(ClassLoader loader, String packageName)
      throws ReflectiveOperationException {
    return (Model)
        loader.loadClass(packageName + ".NetNetwork").getConstructor(long.class).newInstance(42L);
  }
}
