package dev.gradpoet.processor.emit.kernel;

/** The names and the Javadoc of the kernels that are one method for all layers. */
public final class KernelNames {

  public static final String BIAS_GRADIENT = "biasGradient";

  public static final String ROW = "row";

  public static final String SCALE_GRADIENT = "scaleGradient";

  /** The kernel {@code softmaxDivide(y, sum, factor)}. */
  public static final String SOFTMAX_DIVIDE = "softmaxDivide";

  /** The kernel {@code softmaxExponentials(xs, n, ys, softmax)}. */
  public static final String SOFTMAX_EXPONENTIALS = "softmaxExponentials";

  public static final String TRANSPOSE = "transpose";

  public static final String WEIGHT_GRADIENT = "weightGradient";

  public static final String DOC_OF_BIAS_GRADIENT =
      "{@code d = d + factor sum dY} of any layer, the rows in order from zero.\n";

  public static final String DOC_OF_SCALE_GRADIENT =
      "{@code d = d + factor sum xs dys} of any norm, value by value, the rows in order from zero.\n";

  public static final String DOC_OF_TRANSPOSE =
      "A transposed copy of a layer's weight for the gradient of its input, refreshed in every backward pass, so it is never stale.\n";

  public static final String DOC_OF_WEIGHT_GRADIENT =
      "{@code D = D + factor xs^T dys} of any layer, a row of D for each column of xs, each sum over n rows in order from zero: with factor 1, the gradient"
          + "\nof a weight; with -lr, and the weight itself as D, a step of plain SGD, which needs no gradient.\n";

  private KernelNames() {}
}
