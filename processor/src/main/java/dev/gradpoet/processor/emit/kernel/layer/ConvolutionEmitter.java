package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.MapConstants;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.WindowPrimitives;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.shape.Convolving;
import dev.gradpoet.processor.shape.Geometry;

/**
 * Prints the kernels of convolutions: a sample at a time, products of all its windows with the weight. Convolutions in groups call the runtime in all
 * families, except for the forward pass of depthwise ones with the channels last.
 */
final class ConvolutionEmitter {

  private static final ClassName WINDOW = RuntimeTypes.maps("Window");

  private final ForwardMethods forward;
  private final Signatures signatures;
  private final MapConstants constants;
  private final Scalar scalar;
  private final KernelChoice choice;
  private final ClassName maps;
  private final ClassName groups;

  ConvolutionEmitter(ForwardMethods forward, Signatures signatures, MapConstants constants) {
    this.forward = forward;
    this.signatures = signatures;
    this.constants = constants;
    this.scalar = signatures.scalar();
    this.choice = signatures.choice();
    this.maps = scalar.maps();
    this.groups = RuntimeTypes.maps(scalar.prefix() + "Groups");
  }

  // for (int r = 0; r < n; r++) {
  //   windowProducts(xs[r], WINDOW1, w, b, partial, ys[r], 16);
  // }
  //
  // for (int r = 0; r < n; r++) {
  //   planeProducts(xs[r], WINDOW1, w, b, partial, ys[r], 6, 28, 816);
  // }
  //
  // for (int r = 0; r < n; r++) {
  //   depthwiseProducts(xs[r], WINDOW1, w, b, 0f, partial, ys[r], 16);
  // }
  //
  // FloatGroups.forward(xs, n, WINDOW1, w, b, partial, ys, 16);
  MethodSpec forward(MapKernels.Convolution kernel) {
    Geometry geometry = kernel.what().geometry();
    boolean bias = kernel.bias().isPresent();
    MethodSpec.Builder method = forward.begin(
        kernel,
        forward.source(kernel) + " * w" + (bias ? " + b" : ""),
        ", " + geometry.input() + " to " + geometry.output(kernel.what().out())
            + ". Each sum is one chain from " + (bias ? "the bias" : "zero") + ".");
    products(method, kernel);
    return kernel.endsInRelu() ? method.build() : forward.activated(method, kernel);
  }

  private void products(MethodSpec.Builder method, MapKernels.Convolution kernel) {
    Convolving what = kernel.what();
    String windows = constants.of(what);
    String start = Primitives.start(kernel.bias());
    if (what.isDepthwise()) {
      method
          .beginControlFlow("for (int r = 0; r < n; r++)")
          .addStatement(
              "$L(xs[r], $L, w, $L, $L, partial, ys[r], $L)",
              WindowPrimitives.DEPTHWISE_PRODUCTS,
              windows,
              start,
              kernel.endsInRelu()
                  ? scalar.literal(0)
                  : CodeBlock.of("$T.NEGATIVE_INFINITY", scalar.type().box()),
              what.out())
          .endControlFlow();
      return;
    }
    if (what.groups() > 1) {
      method.addStatement(
          "$T.forward(xs, n, $L, w, $L, partial, ys, $L)", groups, windows, start, what.out());
      return;
    }
    method.beginControlFlow("for (int r = 0; r < n; r++)");
    if (what.planes()) {
      method.addStatement(
          "$L(xs[r], $L, w, $L, partial, ys[r], $L, $L, $L)",
          WindowPrimitives.PLANE_PRODUCTS,
          windows,
          start,
          what.out(),
          what.columns(),
          what.to().channel());
    } else {
      method.addStatement(products("xs[r]", windows, start, "ys[r]", what.out()));
    }
    method.endControlFlow();
  }

  private static CodeBlock products(String x, String windows, String start, String y, int width) {
    return CodeBlock.of(
        "$L($L, $L, w, $L, partial, $L, $L)",
        WindowPrimitives.WINDOW_PRODUCTS,
        x,
        windows,
        start,
        y,
        width);
  }

  // Window own = WINDOW1.of(part);
  // scratch.clear(own.taps.length + 1, 6, SIMD ? 64 : 0);
  // for (int r = 0; r < n; r++) {
  //   windowGradients(xs[r], own, part.isLast(), dys[r], scratch, 6);
  // }
  // scratch.addTo(d, WINDOW1.firstTap(part), own.taps.length, 6, factor, SIMD ? 64 : 0);
  // if (part.isLast()) {
  //   scratch.addTo(db, own.taps.length, 6, factor, SIMD ? 64 : 0);
  // }
  //
  // FloatGroups.weightGradient(xs, dys, n, own, scratch.rows(), 16);
  // scratch.addTo(d, ...);
  MethodSpec weightGradient(MapKernels.KernelGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "{@code D = D + factor dW} of %s, a row of D for each value of a window%s, each sum over samples and positions in order from zero.\n"
            .formatted(
                kernel.layer(),
                kernel.bias().isPresent() ? ", and {@code db = db + factor sum dY}" : ""));
    Convolving what = kernel.what();
    String windows = constants.of(what);
    String columns = columns(kernel.weight());
    method.addStatement("$T own = $L.of(part)", WINDOW, windows);
    if (what.groups() > 1) {
      method.addStatement(
          "$T.weightGradient(xs, dys, n, own, scratch.rows(), $L)", groups, what.out());
    } else {
      method
          .addStatement("scratch.clear(own.taps.length + 1, $L, $L)", what.out(), columns)
          .beginControlFlow("for (int r = 0; r < n; r++)")
          .addStatement(
              "$L(xs[r], own, $L, dys[r], scratch, $L)",
              WindowPrimitives.WINDOW_GRADIENTS,
              kernel.bias().isPresent() ? "part.isLast()" : "false",
              what.out())
          .endControlFlow();
    }
    method.addStatement(
        "scratch.addTo(d, $L.firstTap(part), own.taps.length, $L, factor, $L)",
        windows,
        what.out(),
        columns);
    if (kernel.bias().isPresent()) {
      method
          .beginControlFlow("if (part.isLast())")
          .addStatement("scratch.addTo(db, own.taps.length, $L, factor, $L)", what.out(), columns)
          .endControlFlow();
    }
    return method.build();
  }

  /** The columns of a weight's panels, as an expression: 0 if it is in rows. */
  private String columns(Parameter weight) {
    return choice.hasTwoFamilies() && weight.isInPanels()
        ? "SIMD ? " + weight.panel() + " : 0"
        : "0";
  }

  // FloatMaps.channelsLast(dys, n, MAP1, MAP2, scratch.last());
  MethodSpec channelsLast(MapKernels.ChannelsLast kernel) {
    return signatures
        .method(
            kernel,
            "The gradient of %s with the channels last, in place.\n".formatted(kernel.layer()))
        .addStatement(
            "$T.channelsLast(dys, n, $L, $L, scratch.last())",
            maps,
            constants.ofOutput(kernel.what(), false),
            constants.ofOutput(kernel.what(), true))
        .build();
  }

  // FloatMaps.biasGradient(part, dys, n, MAP1, partial, factor, d);
  MethodSpec biasGradient(MapKernels.ChannelGradient kernel) {
    return signatures
        .method(
            kernel,
            "{@code d = d + factor sum dY} of %s, for each channel the samples and positions in order from zero.\n"
                .formatted(kernel.layer()))
        .addStatement(
            "$T.biasGradient(part, dys, n, $L, partial, factor, d)",
            maps,
            constants.ofOutput(kernel.what(), false))
        .build();
  }

  // for (int r = 0; r < n; r++) {
  //   FloatMaps.clearPadded(dxs[r], WINDOW1);
  //   windowProducts(dys[r], WINDOW2, w, ZEROS, partial, scratch.windows(), 25);
  //   FloatMaps.addWindows(scratch.windows(), WINDOW1, dxs[r]);
  // }
  //
  // FloatGroups.inputGradient(dys, n, WINDOW1, w, dxs, 16, true);
  MethodSpec inputGradient(MapKernels.ConvolutionGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s for what %s reads, window by window.\n"
            .formatted(BackwardMethods.formula(kernel, "dY W"), kernel.layer()));
    Convolving what = kernel.what();
    String windows = constants.of(what);
    if (what.groups() > 1) {
      return method
          .addStatement(
              "$T.inputGradient(dys, n, $L, w, dxs, $L, $L)",
              groups,
              windows,
              what.out(),
              kernel.first())
          .build();
    }
    method.beginControlFlow("for (int r = 0; r < n; r++)");
    if (kernel.first()) {
      method.addStatement("$T.clearPadded(dxs[r], $L)", maps, windows);
    }
    return method
        .addStatement(products(
            "dys[r]",
            constants.ofPositions(what),
            Primitives.ZEROS,
            "scratch.windows()",
            what.taps()))
        .addStatement("$T.addWindows(scratch.windows(), $L, dxs[r])", maps, windows)
        .endControlFlow()
        .build();
  }
}
