package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdCode;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Prints {@code ys = xs W} in tiles, and its second form, {@code ys = ys + xs W}. */
final class SimdProducts {

  /** The name of the second form, which is not the name of any kernel or function. */
  private static final String ONTO = "productOnto";

  private final Scalar scalar;
  private final SimdColumns products;
  private final SimdColumns onto;

  SimdProducts(Scalar scalar, Primitives primitives) {
    this.scalar = scalar;
    this.products =
        columns(primitives.products(), Optional.of(SimdLoops.WIDE + " && length >= inner"));
    this.onto = columns(primitives.accumulatingProducts(), Optional.empty());
  }

  private SimdColumns columns(Collection<SumOrder> orders, Optional<String> whenWide) {
    return SimdColumns.of(scalar, "w", orders.stream().map(SumOrder::outer).toList(), whenWide);
  }

  /** Whether a product reads {@link SimdLoops#WIDE}. */
  boolean isWide() {
    return products.isWide();
  }

  /** The tiles of all products. */
  List<ProductTile> tiles() {
    return Stream.concat(
            products.tiles(width -> ProductTile.ofColumn(scalar, false, width)).stream(),
            onto.tiles(width -> ProductTile.ofColumn(scalar, true, width)).stream())
        .toList();
  }

  // void product(int n, ..., float[] start, float[] partial, float[][] ys, int width) {
  //   if (start == null) {
  //     productOnto(n, xs, inner, length, w, ys, width);
  //     return;
  //   }
  //   (columns of tiles)
  // }
  /** The method of all products, and that of the accumulating ones. */
  SimdCode code(MethodSpec.Builder product, Helpers helpers) {
    CodeBlock call = CodeBlock.of("$L(n, xs, inner, length, w, ys, width)", ONTO);
    if (onto.isEmpty()) {
      return SimdCode.of(columns(product, products, false, helpers));
    }
    MethodSpec ontoMethod = columns(ontoMethod(), onto, true, helpers);
    if (products.isEmpty()) {
      return SimdCode.of(product.addStatement(call).build(), ontoMethod);
    }
    product
        .beginControlFlow("if (start == null)")
        .addStatement(call)
        .addStatement("return")
        .endControlFlow();
    return SimdCode.of(columns(product, products, false, helpers), ontoMethod);
  }

  private MethodSpec columns(
      MethodSpec.Builder method, SimdColumns columns, boolean isOnto, Helpers helpers) {
    return method
        .addJavadoc(
            "Tiles of 6 rows by 4 vectors fill 32 registers and read each weight once for six rows; 6 by 2 fill the 16 of narrower machines, or leave"
                + "\nroom for the sum of the completed chains, which starts from -0, because adding it changes no bit. {@code one.fma(c, t)} is {@code t + c}, called on"
                + "\na vector whose class C2 of JDK 17 knows: to call a method on a loop-carried vector, C2 might allocate it as an object.\n")
        .addCode(columns.loop(
            width -> ProductTile.calls(ProductTile.ofColumn(scalar, isOnto, width), helpers)))
        .build();
  }

  private MethodSpec.Builder ontoMethod() {
    MethodSpec.Builder method = MethodSpec.methodBuilder(ONTO)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc("{@code ys = ys + xs W}. ");
    ProductTile.parameters(method, scalar, true, scalar.rows(), "w");
    return method.addParameter(TypeName.INT, "width");
  }
}
