package dev.gradpoet.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import dev.gradpoet.processor.SpecBuilder;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The families' products of weights of any shape have the same bits. */
class ProductShapesTest {

  private record Shape(int in, int out, DType dtype) {

    SpecBuilder spec() {
      return SpecBuilder.inputs(in).linear("layer", out).dtype(dtype);
    }

    /** Its package, below that of a family. */
    String below() {
      return ".in" + in + "out" + out + dtype.name().toLowerCase(Locale.ROOT);
    }
  }

  @Test
  void twoFamiliesOfOnePlanGiveTheSameBits() {
    assertSameBits(Sample.oneIn(7, shapes()));
  }

  @Test
  @Tag("exhaustive")
  void soTheyDoInEveryShape() {
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
  void soDoWeightsOfSeveralPanels() {
    assertSameBits(Sample.oneIn(5, panels()));
  }

  @Test
  @Tag("exhaustive")
  void soDoWeightsOfEveryNumberOfPanels() {
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
  void inDoubleToo() {
    assertSameBits(List.of(new Shape(33, 3, DType.FLOAT64), new Shape(40, 200, DType.FLOAT64)));
  }

  @Test
  @Tag("exhaustive")
  void inDoubleTooInEveryShape() {
    assertSameBits(List.of(
        new Shape(64, 32, DType.FLOAT64),
        new Shape(33, 3, DType.FLOAT64),
        new Shape(5, 129, DType.FLOAT64),
        new Shape(40, 200, DType.FLOAT64),
        new Shape(40, 300, DType.FLOAT64)));
  }

  private static void assertSameBits(List<Shape> shapes) {
    FamilyNetworks networks = new FamilyNetworks();
    for (Shape shape : shapes) {
      networks
          .addBoth(shape.spec(), shape.below())
          .add(shape.spec(), "twin" + shape.below(), new TwinFamily());
    }
    networks.compile();
    for (Shape shape : shapes) {
      // a single row has kernels of its own
      for (int rows : new int[] {7, 1}) {
        Tensor x = new Generator().manualSeed(7).randn(shape.dtype(), rows, shape.in());
        double[] plain = networks.network("plain" + shape.below()).forward(x).toDoubleArray();
        double[] twin = networks.network("twin" + shape.below()).forward(x).toDoubleArray();
        double[] simd = networks.network("simd" + shape.below()).forward(x).toDoubleArray();
        assertThat(twin).as("%s, %d rows", shape, rows).isEqualTo(plain);
        assertThat(simd).as("%s, %d rows", shape, rows).isEqualTo(plain);
      }
    }
  }

  @Test
  void gradientsOfWeightsOfSomeHeightsHaveTheSameBits() {
    assertSameBitsOfGradients(IntStream.of(1, 6, 13));
  }

  @Test
  @Tag("exhaustive")
  void gradientsOfWeightsOfAnyHeightHaveTheSameBits() {
    assertSameBitsOfGradients(IntStream.rangeClosed(1, 13));
  }

  private static void assertSameBitsOfGradients(IntStream heights) {
    // 112 columns are tiles of four vectors, of two and of one; up to 13 rows, none to two whole
    // tiles and anything left of one
    assertSameBitsOfGradients(
        heights.mapToObj(in -> new Shape(in, 112, DType.FLOAT32)).toList(), 5);
  }

  /** A block holds 3932 inputs of 100 rows: the first has 3930, whole tiles, and the last tile of the other overlaps the one before. */
  @Test
  void gradientsOfLargeWeightsInBlocksHaveTheSameBits() {
    assertSameBitsOfGradients(List.of(new Shape(4096, 64, DType.FLOAT32)), 100);
  }

  private static void assertSameBitsOfGradients(List<Shape> shapes, int rows) {
    FamilyNetworks networks = new FamilyNetworks();
    shapes.forEach(shape -> networks.addBoth(shape.spec(), shape.below()));
    networks.compile();
    for (Shape shape : shapes) {
      Generator g = new Generator().manualSeed(7);
      Tensor x = g.randn(DType.FLOAT32, rows, shape.in());
      Tensor gradient = g.randn(DType.FLOAT32, rows, shape.out());
      List<Tensor> gradients = new ArrayList<>();
      for (String family : FamilyNetworks.BOTH) {
        Trainer trainer = networks.network(family + shape.below()).trainer(Sgd.of(0.1), rows);
        for (int turn = 0; turn < 2; turn++) {
          trainer.forward(x);
          trainer.backward(gradient);
        }
        gradients.add(trainer.gradient("layer.weight"));
      }
      assertThat(gradients.get(1)).as("%s", shape).isEqualTo(gradients.get(0));
    }
  }
}
