package dev.gradpoet.processor.emit.kernel.plain;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import dev.gradpoet.processor.plan.tiling.PlainTiling;
import java.util.Arrays;
import java.util.List;
import javax.lang.model.element.Modifier;

/** {@code rowProduct(x, inner, length, w, start, partial, y, width)}: one row of a product, chain by chain. */
record RowProduct(Scalar scalar) implements Helper {

  @Override
  public String wantedName() {
    return "rowProduct";
  }

  @Override
  public List<Helper> calls() {
    return List.of(new AddRows(scalar));
  }

  // if (start != null) {
  //   System.arraycopy(start, 0, y, 0, width);
  // }
  // addRows(x, 0, Math.min(length, inner), w, y, width);
  // for (int from = length; from < inner; from += length) {
  //   Arrays.fill(partial, 0, width, 0f);
  //   addRows(x, from, Math.min(from + length, inner), w, partial, width);
  //   for (int o = 0; o < width; o++) {
  //     y[o] += partial[o];
  //   }
  // }
  @Override
  public MethodSpec method(Helpers helpers) {
    String addRows = helpers.name(new AddRows(scalar));
    return MethodSpec.methodBuilder(helpers.name(this))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc("{@code y = x W}, one row of the product.\n")
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "inner")
        .addParameter(TypeName.INT, "length")
        .addParameter(scalar.rows(), "w")
        .addParameter(scalar.array(), "start")
        .addParameter(scalar.array(), "partial")
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "width")
        .beginControlFlow("if (start != null)")
        .addStatement("$T.arraycopy(start, 0, y, 0, width)", System.class)
        .endControlFlow()
        .addStatement("$L(x, 0, $T.min(length, inner), w, y, width)", addRows, Math.class)
        .beginControlFlow("for (int from = length; from < inner; from += length)")
        .addStatement("$T.fill(partial, 0, width, $L)", Arrays.class, scalar.literal(0))
        .addStatement(
            "$L(x, from, $T.min(from + length, inner), w, partial, width)", addRows, Math.class)
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("y[o] += partial[o]")
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  /** {@code addRows(x, from, to, w, y, width)}: one chain of a product. */
  record AddRows(Scalar scalar) implements Helper {

    @Override
    public String wantedName() {
      return "addRows";
    }

    @Override
    public List<Helper> calls() {
      return PlainTiling.TERMS_OF_A_ROW.stream()
          .<Helper>map(terms -> new AddLoop(scalar, 1, terms))
          .toList();
    }

    // int k = from;
    // for (; k + 4 <= to; k += 4) {
    //   add1x4(x[k], x[k + 1], x[k + 2], x[k + 3], w[k], w[k + 1], w[k + 2], w[k + 3], y, width);
    // }
    // for (; k < to; k++) {
    //   add1x1(x[k], w[k], y, width);
    // }
    @Override
    public MethodSpec method(Helpers helpers) {
      MethodSpec.Builder method = MethodSpec.methodBuilder(helpers.name(this))
          .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
          .addJavadoc("{@code y = y + x W}, the terms {@code from} to {@code to} in order.\n")
          .addParameter(scalar.array(), "x")
          .addParameter(TypeName.INT, "from")
          .addParameter(TypeName.INT, "to")
          .addParameter(scalar.rows(), "w")
          .addParameter(scalar.array(), "y")
          .addParameter(TypeName.INT, "width")
          .addStatement("int k = from");
      for (int terms : PlainTiling.TERMS_OF_A_ROW) {
        new AddLoop(scalar, 1, terms)
            .addCalls(method, helpers, "k", "to", (row, k) -> "x[" + k + "]");
      }
      return method.build();
    }
  }
}
