package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;

/** The primitives of the windows of a sample, without bodies: products with a weight, their gradients, and poolings. */
public final class WindowPrimitives {

  /** The kernel {@code windowProducts(x, windows, w, start, partial, y, width)}. */
  public static final String WINDOW_PRODUCTS = "windowProducts";

  /** The kernel {@code windowGradients(x, windows, bias, dy, scratch, width)}. */
  public static final String WINDOW_GRADIENTS = "windowGradients";

  /** The kernel {@code planeProducts(x, windows, w, start, partial, y, channels, columns, plane)}. */
  public static final String PLANE_PRODUCTS = "planeProducts";

  /** The kernel {@code depthwiseProducts(x, windows, w, start, least, partial, y, width)}. */
  public static final String DEPTHWISE_PRODUCTS = "depthwiseProducts";

  /** The kernel {@code maxPool(x, windows, y, channels)}. */
  public static final String MAX_POOL = "maxPool";

  /** The kernel {@code maxPoolOfPlanes(x, windows, partial, y, channels, columns, step, plane)}. */
  public static final String MAX_POOL_OF_PLANES = "maxPoolOfPlanes";

  /** The kernel {@code averagePool(x, windows, y, channels)}. */
  public static final String AVERAGE_POOL = "averagePool";

  private final Scalar scalar;

  WindowPrimitives(Names names, Scalar scalar) {
    this.scalar = scalar;
    names.method(WINDOW_PRODUCTS);
    names.method(WINDOW_GRADIENTS);
    names.method(PLANE_PRODUCTS);
    names.method(DEPTHWISE_PRODUCTS);
    names.method(MAX_POOL);
    names.method(MAX_POOL_OF_PLANES);
    names.method(AVERAGE_POOL);
  }

  /** {@code void windowProducts(float[] x, ...)}, without a body. */
  public MethodSpec windowProducts() {
    return windows(WINDOW_PRODUCTS)
        .addJavadoc(
            "{@code y = start + x W} for each window of a sample: value k of window p is at {@code starts[p] + taps[k]}. Each sum is one chain"
                + "\nfrom {@code start}. Row p of y begins at {@code p * width}; {@code partial} is scratch for a row.\n")
        .addParameter(scalar.rows(), "w")
        .addParameter(scalar.array(), "start")
        .addParameter(scalar.array(), Signature.PARTIAL)
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "width")
        .build();
  }

  /** {@code void windowGradients(float[] x, ...)}, without a body. */
  public MethodSpec windowGradients() {
    return windows(WINDOW_GRADIENTS)
        .addJavadoc(
            "Adds {@code x^T dy} to the sums in scratch, with the windows of a sample as the rows of x: each sum is one chain over the windows in order."
                + "\nAfter the rows of these sums stands that of the sums of dy, which are added for a bias.\n")
        .addParameter(TypeName.BOOLEAN, "bias")
        .addParameter(scalar.array(), "dy")
        .addParameter(scalar.mapScratch(), "scratch")
        .addParameter(TypeName.INT, "width")
        .build();
  }

  /** {@code void planeProducts(float[] x, ...)}, without a body. */
  public MethodSpec planeProducts() {
    return windows(PLANE_PRODUCTS)
        .addJavadoc(
            "{@code y = start + x W} for each window of a sample, with few channels: a plane of y for each. Value k of window p is at"
                + "\n{@code starts[p] + taps[k]}; a row has {@code columns} windows, which begin at neighbouring values. Each sum is one chain from {@code start}. Planes are {@code plane} values apart.\n")
        .addParameter(scalar.rows(), "w")
        .addParameter(scalar.array(), "start")
        .addParameter(scalar.array(), Signature.PARTIAL)
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "channels")
        .addParameter(TypeName.INT, "columns")
        .addParameter(TypeName.INT, "plane")
        .build();
  }

  /** {@code void depthwiseProducts(float[] x, ...)}, without a body. */
  public MethodSpec depthwiseProducts() {
    return windows(DEPTHWISE_PRODUCTS)
        .addJavadoc(
            "{@code y = start + x W} for each window of a sample, channel by channel, with the channels last: value k of a window of channel c is at"
                + "\n{@code starts[p] + taps[k] + c}, and its weight is {@code w[k][c]}. Each sum is one chain from {@code start}, and {@code least} if it is less: 0 for a relu. {@code partial} is scratch for a row.\n")
        .addParameter(scalar.rows(), "w")
        .addParameter(scalar.array(), "start")
        .addParameter(scalar.type(), "least")
        .addParameter(scalar.array(), Signature.PARTIAL)
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "width")
        .build();
  }

  /** {@code void maxPool(float[] x, ...)}, without a body. */
  public MethodSpec maxPool() {
    return windows(MAX_POOL)
        .addJavadoc(
            "The largest value of each window, with the channels last: as {@link Math#max}, so NaN if a value is NaN.\n")
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "channels")
        .build();
  }

  /** {@code void maxPoolOfPlanes(float[] x, ...)}, without a body. */
  public MethodSpec maxPoolOfPlanes() {
    return windows(MAX_POOL_OF_PLANES)
        .addJavadoc(
            "The largest value of each window of a sample in planes, which are {@code plane} values apart: as {@link Math#max}. Windows are in rows of"
                + "\n{@code columns}, {@code step} values apart; y has the channels last. {@code partial} is scratch for a row.\n")
        .addParameter(scalar.array(), Signature.PARTIAL)
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "channels")
        .addParameter(TypeName.INT, "columns")
        .addParameter(TypeName.INT, "step")
        .addParameter(TypeName.INT, "plane")
        .build();
  }

  /** {@code void averagePool(float[] x, ...)}, without a body. */
  public MethodSpec averagePool() {
    return windows(AVERAGE_POOL)
        .addJavadoc(
            "The average of each window, with the channels last: the sum, in row-major order from zero, divided by the number of values.\n")
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "channels")
        .build();
  }

  private MethodSpec.Builder windows(String name) {
    return MethodSpec.methodBuilder(name)
        .addParameter(scalar.array(), "x")
        .addParameter(RuntimeTypes.maps("Window"), "windows");
  }
}
