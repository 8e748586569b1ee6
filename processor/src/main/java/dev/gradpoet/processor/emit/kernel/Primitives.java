package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.Derivative;
import dev.gradpoet.processor.plan.Epilogue;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.Requirement;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The primitives that the kernels of layers call and each family implements: products and functions of rows. The plan determines which of them a
 * network requires.
 */
public final class Primitives {

  /** The name of the row of zeros, from which sums without a bias start. */
  public static final String ZEROS = "ZEROS";

  /** The kernel {@code windowProducts(x, windows, w, start, partial, y, width)}. */
  static final String WINDOW_PRODUCTS = "windowProducts";

  /** The kernel {@code windowGradients(x, windows, bias, dy, scratch, width)}. */
  static final String WINDOW_GRADIENTS = "windowGradients";

  /** The kernel {@code planeProducts(x, windows, w, start, partial, y, channels, columns, plane)}. */
  static final String PLANE_PRODUCTS = "planeProducts";

  /** The kernel {@code depthwiseProducts(x, windows, w, start, least, partial, y, width)}. */
  static final String DEPTHWISE_PRODUCTS = "depthwiseProducts";

  /** The kernel {@code maxPool(x, windows, y, channels)}. */
  static final String MAX_POOL = "maxPool";

  /** The kernel {@code maxPoolOfPlanes(x, windows, partial, y, channels, columns, step, plane)}. */
  static final String MAX_POOL_OF_PLANES = "maxPoolOfPlanes";

  /** The kernel {@code averagePool(x, windows, y, channels)}. */
  static final String AVERAGE_POOL = "averagePool";

  private static final String PRODUCT = "product";
  private static final String DOT_PRODUCTS = "dotProducts";

  private final Scalar scalar;
  private final KernelChoice choice;
  private final List<SumOrder> products;
  private final List<SumOrder> accumulatingProducts;
  private final boolean dotProducts;
  private final List<Integer> windowProducts;
  private final List<Integer> windowGradients;
  private final List<Integer> planeProducts;
  private final RowMethods programs;

  /** The names of the functions, in the order of first use. */
  private final Map<RowFunction, String> functions = new LinkedHashMap<>();

  /** The functions that also have a form for all rows. */
  private final List<RowFunction> functionsOfRows;

  public Primitives(Plan plan, Names names, Scalar scalar, KernelChoice choice) {
    this.scalar = scalar;
    this.choice = choice;
    names.method(PRODUCT);
    names.method(DOT_PRODUCTS);
    names.method(WINDOW_PRODUCTS);
    names.method(WINDOW_GRADIENTS);
    names.method(PLANE_PRODUCTS);
    names.method(DEPTHWISE_PRODUCTS);
    names.method(MAX_POOL);
    names.method(MAX_POOL_OF_PLANES);
    names.method(AVERAGE_POOL);
    List<Requirement> required = plan.requirements();
    products = products(required, false);
    accumulatingProducts = products(required, true);
    windowProducts = Requirement.windowProducts(required).toList();
    windowGradients = Requirement.windowGradients(required).toList();
    planeProducts = Requirement.planeProducts(required).toList();
    dotProducts = required.contains(new Requirement.DotProducts());
    Requirement.functions(required)
        .forEach(each -> functions.computeIfAbsent(
            RowFunction.of(each), added -> names.method(added.wantedName())));
    functionsOfRows = Requirement.functions(required)
        .filter(each -> each.ofRows() && hasLoopOverRows(RowFunction.of(each)))
        .map(RowFunction::of)
        .toList();
    programs = new RowMethods(Requirement.programs(required), names, scalar, choice);
  }

  private static List<SumOrder> products(List<Requirement> required, boolean accumulates) {
    return Requirement.products(required)
        .filter(product -> product.accumulates() == accumulates)
        .map(Requirement.Product::order)
        .toList();
  }

  /** Whether a function has so few vector operations that a call for each row would take as long as the function. */
  private boolean hasLoopOverRows(RowFunction function) {
    return choice.hasTwoFamilies() && !function.isShared(scalar) && function.isShort();
  }

  /** {@code product(n, xs, 64, 32, w, b, partial, ys, 32)}: all rows. */
  public static CodeBlock product(SumOrder order, String xs, String start, String ys) {
    return call(order, xs, start, ys);
  }

  /** {@code product(n, xs, 64, 32, w, null, partial, ys, 32)}: all rows, accumulated in ys. */
  public static CodeBlock accumulatingProduct(SumOrder order, String xs, String ys) {
    return call(order, xs, "null", ys);
  }

  private static CodeBlock call(SumOrder order, String xs, String start, String ys) {
    return CodeBlock.of(
        "$L(n, $L, $L, $L, w, $L, $L, $L, $L)",
        PRODUCT,
        xs,
        order.inner(),
        order.blockLength(),
        start,
        order.chains() > 1 ? "partial" : "null",
        ys,
        order.outer());
  }

  /** {@code dotProducts(x, 784, w, b, partial, y, 3)}: one row. */
  public static CodeBlock dotProducts(
      SumOrder order, CodeBlock x, CodeBlock w, CodeBlock start, CodeBlock partial, CodeBlock y) {
    return CodeBlock.of(
        "$L($L, $L, $L, $L, $L, $L, $L)",
        DOT_PRODUCTS,
        x,
        order.inner(),
        w,
        start,
        partial,
        y,
        order.outer());
  }

  /** {@code relu(from, to, 32)}: an activation. */
  public CodeBlock activation(Epilogue epilogue, CodeBlock from, CodeBlock to) {
    return call(new RowFunction(epilogue.function(), false), epilogue.output().width(), from, to);
  }

  /** {@code reluGradient(kept, dx, 32)}: a derivative. */
  public CodeBlock derivative(Derivative derivative, CodeBlock kept, CodeBlock dx) {
    return call(new RowFunction(derivative.function(), true), derivative.kept().width(), kept, dx);
  }

  // relu(n, ys, ys, 32);
  /** Adds the activation of n rows to a method: a call, or a loop over the rows. */
  public void activationOfRows(
      MethodSpec.Builder method, Epilogue epilogue, String from, String to) {
    RowFunction function = new RowFunction(epilogue.function(), false);
    CodeBlock ofRow = activation(epilogue, CodeBlock.of("$L[r]", from), CodeBlock.of("$L[r]", to));
    ofRows(method, function, ofRow, from, to, epilogue.output().width());
  }

  /** Adds the derivative of n rows to a method. */
  public void derivativeOfRows(
      MethodSpec.Builder method, Derivative derivative, String kept, String dx) {
    RowFunction function = new RowFunction(derivative.function(), true);
    CodeBlock ofRow =
        derivative(derivative, CodeBlock.of("$L[r]", kept), CodeBlock.of("$L[r]", dx));
    ofRows(method, function, ofRow, kept, dx, derivative.kept().width());
  }

  private void ofRows(
      MethodSpec.Builder method,
      RowFunction function,
      CodeBlock ofRow,
      String from,
      String to,
      int width) {
    if (hasLoopOverRows(function)) {
      method.addStatement("$L(n, $L, $L, $L)", functions.get(function), from, to, width);
      return;
    }
    method.beginControlFlow("for (int r = 0; r < n; r++)").addStatement(ofRow).endControlFlow();
  }

  /** The functions that have a second form, for n rows, because a call takes more time than the function. */
  public List<RowFunction> functionsOfRows() {
    return functionsOfRows;
  }

  /** {@code void relu(int n, float[][] from, float[][] to, int width)}, without a body. */
  public MethodSpec functionOfRowsHead(RowFunction function) {
    return MethodSpec.methodBuilder(functions.get(function))
        .addJavadoc("$L", function.describe())
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "from")
        .addParameter(scalar.rows(), "to")
        .addParameter(TypeName.INT, "width")
        .build();
  }

  // for (int r = 0; r < n; r++) {
  //   relu(from[r], to[r], width);
  // }
  /** Adds the body of the form for n rows. */
  public static MethodSpec functionOfRows(MethodSpec.Builder method) {
    return method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$L(from[r], to[r], width)", method.build().name())
        .endControlFlow()
        .build();
  }

  private CodeBlock call(RowFunction function, int width, CodeBlock from, CodeBlock to) {
    String name = functions.get(function);
    return function.needsScratch(scalar, choice)
        ? CodeBlock.of("$L($L, $L, $L, $L)", name, from, to, Signature.PARTIAL, width)
        : CodeBlock.of("$L($L, $L, $L)", name, from, to, width);
  }

  /** The products that start from a row. */
  public List<SumOrder> products() {
    return products;
  }

  /** The products that accumulate. */
  public List<SumOrder> accumulatingProducts() {
    return accumulatingProducts;
  }

  /** All products with chains over blocks. */
  public List<SumOrder> allProducts() {
    return Stream.of(products, accumulatingProducts).flatMap(List::stream).toList();
  }

  /** Whether there are sums with chains in lanes. */
  public boolean hasDotProducts() {
    return dotProducts;
  }

  /** The numbers of columns of the matrices that windows are multiplied with. */
  public List<Integer> windowProducts() {
    return windowProducts;
  }

  /** The same where their gradients are computed. */
  public List<Integer> windowGradients() {
    return windowGradients;
  }

  /** The numbers of planes that products compute side by side. */
  public List<Integer> planeProducts() {
    return planeProducts;
  }

  /** The functions that each family prints differently. */
  public List<RowFunction> functions() {
    return functions.keySet().stream().filter(one -> !one.isShared(scalar)).toList();
  }

  /** The functions that are the same in all families. */
  public List<RowFunction> sharedFunctions() {
    return functions.keySet().stream().filter(one -> one.isShared(scalar)).toList();
  }

  /** The row programs that are methods. */
  public RowMethods programs() {
    return programs;
  }

  /** {@code void product(int n, ...)}, without a body. */
  public MethodSpec productHead() {
    return MethodSpec.methodBuilder(PRODUCT)
        .addJavadoc(
            "{@code ys = xs W}, {@code inner} terms per sum, in chains of {@code length} that are added in order; the first starts from {@code start} (null: from"
                + "\nthe values in {@code ys}). {@code partial} is scratch for a chain.\n")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "xs")
        .addParameter(TypeName.INT, "inner")
        .addParameter(TypeName.INT, "length")
        .addParameter(scalar.rows(), "w")
        .addParameter(scalar.array(), "start")
        .addParameter(scalar.array(), "partial")
        .addParameter(scalar.rows(), "ys")
        .addParameter(TypeName.INT, "width")
        .build();
  }

  /** {@code void dotProducts(float[] x, ...)}, without a body. */
  public MethodSpec dotProductsHead() {
    return MethodSpec.methodBuilder(DOT_PRODUCTS)
        .addJavadoc(
            "{@code y = start + x W^T}, one row, {@code inner} terms per sum, in 16 chains, chain 0 from start, added by a tree.\n")
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "inner")
        .addParameter(scalar.rows(), "w")
        .addParameter(scalar.array(), "start")
        .addParameter(scalar.array(), "partial")
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "width")
        .build();
  }

  /** {@code void windowProducts(float[] x, ...)}, without a body. */
  public MethodSpec windowProductsHead() {
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
  public MethodSpec windowGradientsHead() {
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
  public MethodSpec planeProductsHead() {
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
  public MethodSpec depthwiseProductsHead() {
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
  public MethodSpec maxPoolHead() {
    return windows(MAX_POOL)
        .addJavadoc(
            "The largest value of each window, with the channels last: as {@link Math#max}, so NaN if a value is NaN.\n")
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "channels")
        .build();
  }

  /** {@code void maxPoolOfPlanes(float[] x, ...)}, without a body. */
  public MethodSpec maxPoolOfPlanesHead() {
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
  public MethodSpec averagePoolHead() {
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

  /** {@code void relu(float[] from, float[] to, int width)}, without a body. */
  public MethodSpec functionHead(RowFunction function) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(functions.get(function))
        .addJavadoc("$L", function.describe())
        .addParameter(scalar.array(), "from")
        .addParameter(scalar.array(), "to");
    if (function.needsScratch(scalar, choice)) {
      method.addParameter(scalar.array(), Signature.PARTIAL);
    }
    return method.addParameter(TypeName.INT, "width").build();
  }
}
