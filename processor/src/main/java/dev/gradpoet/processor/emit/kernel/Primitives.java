package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.Requirement;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The primitives that the kernels of layers call and each family implements: products and functions of rows. The plan determines which of them a
 * network requires.
 */
public final class Primitives {

  /** The name of the row of zeros, from which sums without a bias start. */
  public static final String ZEROS = "ZEROS";

  private static final String PRODUCT = "product";
  private static final String DOT_PRODUCTS = "dotProducts";

  private final Scalar scalar;
  private final List<SumOrder> products;
  private final List<SumOrder> accumulatingProducts;
  private final boolean dotProducts;
  private final List<Integer> windowProducts;
  private final List<Integer> windowGradients;
  private final List<Integer> planeProducts;
  private final WindowPrimitives windows;
  private final RowFunctions functions;
  private final RowMethods programs;

  public Primitives(Plan plan, Names names, Scalar scalar, KernelChoice choice) {
    this.scalar = scalar;
    names.method(PRODUCT);
    names.method(DOT_PRODUCTS);
    windows = new WindowPrimitives(names, scalar);
    List<Requirement> required = plan.requirements();
    products = products(required, false);
    accumulatingProducts = products(required, true);
    windowProducts = Requirement.windowProducts(required).toList();
    windowGradients = Requirement.windowGradients(required).toList();
    planeProducts = Requirement.planeProducts(required).toList();
    dotProducts = required.contains(new Requirement.DotProducts());
    functions = new RowFunctions(Requirement.functions(required).toList(), names, scalar, choice);
    programs = new RowMethods(Requirement.programs(required), names, scalar, choice);
  }

  /** The row from which the first chains of a product start. */
  public static String start(Optional<Parameter> bias) {
    return bias.isPresent() ? "b" : ZEROS;
  }

  private static List<SumOrder> products(List<Requirement> required, boolean accumulates) {
    return Requirement.products(required)
        .filter(product -> product.accumulates() == accumulates)
        .map(Requirement.Product::order)
        .toList();
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

  /** The primitives of windows. */
  public WindowPrimitives windows() {
    return windows;
  }

  /** The activations and derivatives that kernels apply to rows. */
  public RowFunctions functions() {
    return functions;
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
}
