package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.MapConstants;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.WindowOp;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.shape.Geometry;
import dev.gradpoet.processor.shape.MapLayout;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Prints the kernels of {@link WindowOp}: calls of the runtime, or, for most poolings without padding, of a primitive. */
final class WindowKernels {

  private final MapConstants constants;
  private final ClassName maps;

  WindowKernels(MapConstants constants, Scalar scalar) {
    this.constants = constants;
    this.maps = scalar.maps();
  }

  /** The name of the function that an operation calls; that of its gradient is a suffix longer. */
  static String name(WindowOp window) {
    return window.match(new WindowOp.Cases<>() {
      @Override
      public String relayout(WindowOp.Relayout op) {
        return "relayout";
      }

      @Override
      public String pad(WindowOp.Pad op) {
        return "pad";
      }

      @Override
      public String maxPool(WindowOp.MaxPool op) {
        return "maxPool";
      }

      @Override
      public String averagePool(WindowOp.AveragePool op) {
        return "averagePool";
      }
    });
  }

  /**
   * The Javadoc of a kernel.
   *
   * @param formula of what the layer computes from a value
   */
  static String describe(
      WindowOp window, String layer, String source, UnaryOperator<String> formula) {
    return window.match(new WindowOp.Cases<>() {
      @Override
      public String relayout(WindowOp.Relayout op) {
        return "{@code %s} in row-major order.\n".formatted(layer);
      }

      @Override
      public String pad(WindowOp.Pad op) {
        return "{@code %s} with the zeros that {@code %s} reads around it.\n"
            .formatted(source, layer);
      }

      @Override
      public String maxPool(WindowOp.MaxPool op) {
        return formula.apply(name(op) + "(" + source + ")") + ", with the channels last.\n";
      }

      @Override
      public String averagePool(WindowOp.AveragePool op) {
        return formula.apply(name(op) + "(" + source + ")") + ", with the channels last.\n";
      }
    });
  }

  // FloatMaps.pad(xs, n, WINDOW1, ys);
  //
  // for (int r = 0; r < n; r++) {
  //   maxPool(xs[r], WINDOW1, ys[r], 16);
  // }
  //
  // for (int r = 0; r < n; r++) {
  //   maxPoolOfPlanes(xs[r], WINDOW1, partial, ys[r], 6, 14, 2, 784);
  // }
  //
  // for (int r = 0; r < n; r++) {
  //   averagePool(xs[r], WINDOW1, ys[r], 16);
  // }
  void forward(MethodSpec.Builder method, WindowOp window) {
    Optional<CodeBlock> ofSample = window
        .maxPool()
        .filter(WindowOp.MaxPool::isPrimitive)
        .map(this::maxPool)
        .or(() -> window
            .averagePool()
            .filter(WindowOp.AveragePool::isPrimitive)
            .map(pool -> channelsLast(Primitives.AVERAGE_POOL, pool.geometry(), pool.from())));
    ofSample.ifPresentOrElse(
        call -> method
            .beginControlFlow("for (int r = 0; r < n; r++)")
            .addStatement(call)
            .endControlFlow(),
        () -> method.addStatement("$T.$L(xs, n, $L, ys)", maps, name(window), arguments(window)));
  }

  private CodeBlock maxPool(WindowOp.MaxPool pool) {
    if (!pool.ofPlanes()) {
      return channelsLast(Primitives.MAX_POOL, pool.geometry(), pool.from());
    }
    return CodeBlock.of(
        "$L(xs[r], $L, partial, ys[r], $L, $L, $L, $L)",
        Primitives.MAX_POOL_OF_PLANES,
        constants.of(pool.geometry(), pool.from()),
        pool.geometry().input().first(),
        last(pool.geometry().output()),
        last(pool.geometry().stride()),
        pool.from().channel());
  }

  private CodeBlock channelsLast(String primitive, Geometry geometry, MapLayout from) {
    return CodeBlock.of(
        "$L(xs[r], $L, ys[r], $L)",
        primitive,
        constants.of(geometry, from),
        geometry.input().first());
  }

  private static int last(List<Integer> sizes) {
    return sizes.get(sizes.size() - 1);
  }

  // FloatMaps.padGradient(dys, n, WINDOW1, dxs, true)
  // FloatMaps.maxPoolGradient(dys, xs, ys, n, WINDOW1, dxs, true)
  CodeBlock backward(MapKernels.WindowGradient kernel) {
    WindowOp window = kernel.what();
    String values = kernel.result().isPresent() ? "xs, ys, " : "xs, null, ";
    return CodeBlock.of(
        "$T.$LGradient(dys, $Ln, $L, dxs, $L)",
        maps,
        name(window),
        kernel.readsInput() ? values : "",
        arguments(window),
        kernel.first());
  }

  /** What both functions of an operation are told of it. */
  private String arguments(WindowOp window) {
    return window.match(new WindowOp.Cases<>() {
      @Override
      public String relayout(WindowOp.Relayout op) {
        return constants.of(op.shape(), op.from()) + ", " + constants.of(op.shape(), op.to());
      }

      @Override
      public String pad(WindowOp.Pad op) {
        return constants.of(op.convolution());
      }

      @Override
      public String maxPool(WindowOp.MaxPool op) {
        return constants.of(op.geometry(), op.from());
      }

      @Override
      public String averagePool(WindowOp.AveragePool op) {
        return constants.of(op.geometry(), op.from()) + ", " + op.countsPadding();
      }
    });
  }
}
