package dev.gradpoet.processor.emit.network;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.Padding;
import dev.gradpoet.processor.shape.Convolving;
import dev.gradpoet.processor.shape.MapLayout;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Prints the scratch that the gradients of all convolutions share. */
record MapScratch(Plan plan, Scalar scalar, KernelChoice choice) {

  // new FloatScratch(new float[SIMD ? 2416 : 0], new float[SIMD ? 0 : 152][16],
  //     new float[15032], new float[4736])
  CodeBlock allocate(ClassName type) {
    return CodeBlock.of(
        "new $T(new $T[$L], new $T[$L][$L], new $T[$L], new $T[$L])",
        type,
        scalar.type(),
        ofFamily(sums(), 0),
        scalar.type(),
        ofFamily(rows(groups()), rows(all())),
        width(),
        scalar.type(),
        windows(),
        scalar.type(),
        planes());
  }

  /** The number of values, for vector kernels or plain ones. */
  long values(boolean vectors) {
    long rows = rows(vectors ? groups() : all());
    return (vectors ? sums() : 0) + rows * width() + windows() + planes();
  }

  private List<Convolving> all() {
    return plan.convolutions().stream().map(MapKernels.Convolution::what).toList();
  }

  private List<Convolving> groups() {
    return all().stream().filter(what -> what.groups() > 1).toList();
  }

  private int sums() {
    return largest(
        all().stream().filter(what -> what.groups() == 1),
        what -> (what.taps() + 1) * Padding.padded(what.out()));
  }

  private int width() {
    return largest(all().stream(), what -> Padding.padded(what.out()));
  }

  private int windows() {
    return behind(largest(
        plan.convolutionGradients().stream()
            .map(MapKernels.ConvolutionGradient::what)
            .filter(what -> what.groups() == 1),
        what -> what.positions() * what.taps()));
  }

  private int planes() {
    return behind(
        largest(all().stream().filter(Convolving::planes), what -> what.positions() * what.out()));
  }

  private static int rows(List<Convolving> all) {
    return all.isEmpty() ? 0 : largest(all.stream(), Convolving::taps) + 2;
  }

  private String ofFamily(int simd, int plain) {
    return choice.hasTwoFamilies() && simd != plain
        ? "SIMD ? " + simd + " : " + plain
        : String.valueOf(plain);
  }

  private static int behind(int values) {
    return values == 0 ? 0 : values + MapLayout.ROOM;
  }

  private static int largest(Stream<Convolving> all, ToIntFunction<Convolving> size) {
    return all.mapToInt(size).max().orElse(0);
  }
}
