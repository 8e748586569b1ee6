package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.MapConstants;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.WindowPrimitives;
import dev.gradpoet.processor.graph.WindowOp;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.shape.Geometry;
import dev.gradpoet.processor.shape.MapLayout;
import java.util.List;
import java.util.Optional;

/** Prints the kernels of {@link WindowOp}: calls of the runtime, or, for most poolings without padding, of a primitive. */
final class WindowEmitter {

  private final ForwardMethods forward;
  private final Signatures signatures;
  private final MapConstants constants;
  private final ClassName maps;

  WindowEmitter(ForwardMethods forward, Signatures signatures, MapConstants constants) {
    this.forward = forward;
    this.signatures = signatures;
    this.constants = constants;
    this.maps = signatures.scalar().maps();
  }

  /** The name of the function that an operation calls; that of its gradient is a suffix longer. */
  private static String name(WindowOp window) {
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

  /** The Javadoc of a kernel. */
  private String describe(MapKernels.Window kernel) {
    String layer = kernel.layer();
    String source = forward.source(kernel);
    return kernel.what().match(new WindowOp.Cases<>() {
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
        return pool(op);
      }

      @Override
      public String averagePool(WindowOp.AveragePool op) {
        return pool(op);
      }

      private String pool(WindowOp op) {
        return ForwardMethods.formula(kernel, name(op) + "(" + source + ")")
            + ", with the channels last.\n";
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
  MethodSpec forward(MapKernels.Window kernel) {
    WindowOp window = kernel.what();
    MethodSpec.Builder method = signatures.method(kernel, describe(kernel));
    Optional<CodeBlock> ofSample = window
        .maxPool()
        .filter(WindowOp.MaxPool::isPrimitive)
        .map(this::maxPool)
        .or(() -> window
            .averagePool()
            .filter(WindowOp.AveragePool::isPrimitive)
            .map(
                pool -> channelsLast(WindowPrimitives.AVERAGE_POOL, pool.geometry(), pool.from())));
    ofSample.ifPresentOrElse(
        call -> method
            .beginControlFlow("for (int r = 0; r < n; r++)")
            .addStatement(call)
            .endControlFlow(),
        () -> method.addStatement("$T.$L(xs, n, $L, ys)", maps, name(window), arguments(window)));
    return forward.activated(method, kernel);
  }

  private CodeBlock maxPool(WindowOp.MaxPool pool) {
    if (!pool.ofPlanes()) {
      return channelsLast(WindowPrimitives.MAX_POOL, pool.geometry(), pool.from());
    }
    return CodeBlock.of(
        "$L(xs[r], $L, partial, ys[r], $L, $L, $L, $L)",
        WindowPrimitives.MAX_POOL_OF_PLANES,
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

  // FloatMaps.padGradient(dys, n, WINDOW1, dxs, true);
  //
  // FloatMaps.maxPoolGradient(dys, xs, ys, n, WINDOW1, dxs, true);
  MethodSpec gradient(MapKernels.WindowGradient kernel) {
    WindowOp window = kernel.what();
    String values = kernel.result().isPresent() ? "xs, ys, " : "xs, null, ";
    return signatures
        .method(
            kernel,
            "%s: the gradient of %s.\n"
                .formatted(
                    BackwardMethods.formula(kernel, name(window) + "'(dY)"),
                    kernel.target().layer()))
        .addStatement(
            "$T.$LGradient(dys, $Ln, $L, dxs, $L)",
            maps,
            name(window),
            kernel.readsInput() ? values : "",
            arguments(window),
            kernel.first())
        .build();
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
