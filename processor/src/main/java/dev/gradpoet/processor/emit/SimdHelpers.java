package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/** The methods beside the tiles that the vector kernels of a network share. */
final class SimdHelpers {

  private final Scalar scalar;
  private final Names names;
  private final Vectors vectors;
  private final Map<String, MethodSpec> methods = new LinkedHashMap<>();

  SimdHelpers(Scalar scalar, Names names) {
    this.scalar = scalar;
    this.names = names;
    this.vectors = new Vectors(scalar);
  }

  /** The methods that were asked for. */
  Collection<MethodSpec> methods() {
    return methods.values();
  }

  /** The name of {@code dot(start, x, w, at, length, chains)}. */
  String dot() {
    return name("dot", this::dotMethod);
  }

  /** The name of {@code sumRows(n, rows, factor, d)}. */
  String sumRows() {
    return name("sumRows", this::sumRowsMethod);
  }

  /** The name of {@code transpose(w, height, width, to)}. */
  String transpose() {
    return name("transpose", this::transposeMethod);
  }

  private String name(String key, Function<String, MethodSpec> method) {
    MethodSpec made = methods.get(key);
    if (made == null) {
      made = method.apply(names.method(key));
      methods.put(key, made);
    }
    return made.name();
  }

  // for (int l = 0; l < 16; l += L) {
  //   FloatVector c = FloatVector.zero(S);
  //   c = l == 0 ? c.withLane(0, start) : c;
  //   int k = l;
  //   for (; k + L <= length; k += 16) {
  //     c = FloatVector.fromArray(S, x, k).fma(FloatVector.fromArray(S, w, at + k), c);
  //   }
  //   if (k < length) {
  //     VectorMask<Float> left = S.indexInRange(k, length);
  //     c = c.blend(FloatVector.fromArray(S, x, k).fma(FloatVector.fromArray(S, w, at + k), c),
  // left);
  //   }
  //   c.intoArray(chains, l);
  // }
  // return Chains.tree(chains);
  private MethodSpec dotMethod(String name) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(
            "{@code start + x w} over {@code length} values of w from {@code at} on: chain l takes the values l, l + 16, ..., chain 0 from start."
                + "\nThe chains are lanes, so that few outputs waste no vector.\n")
        .returns(scalar.type())
        .addParameter(scalar.type(), "start")
        .addParameter(scalar.array(), "x")
        .addParameter(scalar.array(), "w")
        .addParameter(TypeName.INT, "at")
        .addParameter(TypeName.INT, "length")
        .addParameter(scalar.array(), "chains")
        .beginControlFlow("for (int l = 0; l < 16; l += L)")
        .addStatement("$1T c = $1T.zero(S)", vectors.type())
        .beginControlFlow("if (l == 0)")
        .addStatement("c = c.withLane(0, start)")
        .endControlFlow()
        .addStatement("int k = l")
        .beginControlFlow("for (; k + L <= length; k += 16)")
        .addStatement("c = $L.fma($L, c)", vectors.load("x", "k"), vectors.load("w", "at + k"))
        .endControlFlow()
        .beginControlFlow("if (k < length)")
        .addStatement("$T<$T> left = S.indexInRange(k, length)", Vectors.MASK, vectors.box())
        .addStatement(
            "c = c.blend($L.fma($L, c), left)", vectors.load("x", "k"), vectors.load("w", "at + k"))
        .endControlFlow()
        .addStatement("c.intoArray(chains, l)")
        .endControlFlow()
        .addStatement("return $T.tree(chains)", PlainHelpers.CHAINS)
        .build();
  }

  // for (int o = 0; o < d.length; o += L) {
  //   FloatVector c = FloatVector.zero(S);
  //   for (int r = 0; r < n; r++) {
  //     c = c.add(FloatVector.fromArray(S, rows[r], o));
  //   }
  //   c.fma(FloatVector.broadcast(S, factor), FloatVector.fromArray(S, d, o)).intoArray(d, o);
  // }
  private MethodSpec sumRowsMethod(String name) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc("{@code d = d + factor sum rows} over n rows in order, from zero.\n")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "rows")
        .addParameter(scalar.type(), "factor")
        .addParameter(scalar.array(), "d")
        .beginControlFlow("for (int o = 0; o < d.length; o += L)")
        .addStatement("$1T c = $1T.zero(S)", vectors.type())
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("c = c.add($L)", vectors.load("rows[r]", "o"))
        .endControlFlow()
        .addStatement(
            "c.fma($L, $L).intoArray(d, o)",
            vectors.all(CodeBlock.of("factor")),
            vectors.load("d", "o"))
        .endControlFlow()
        .build();
  }

  // int toStride = (height + 15) / 16 * 16, stride = (width + 15) / 16 * 16;
  // for (int from = 0; from < height; from += 16) {
  //   int end = Math.min(from + 16, height);
  //   for (int o = 0; o < width; o++) {
  //     for (int i = from; i < end; i++) {
  //       to[o * toStride + i] = w[i * stride + o];
  //     }
  //   }
  // }
  private MethodSpec transposeMethod(String name) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(
            "{@code to = w^T}, sixteen rows of w at a time, which stay in the nearest cache.\n")
        .addParameter(scalar.array(), "w")
        .addParameter(TypeName.INT, "height")
        .addParameter(TypeName.INT, "width")
        .addParameter(scalar.array(), "to")
        .addStatement("int toStride = (height + 15) / 16 * 16, stride = (width + 15) / 16 * 16")
        .beginControlFlow("for (int from = 0; from < height; from += 16)")
        .addStatement("int end = $T.min(from + 16, height)", Math.class)
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .beginControlFlow("for (int i = from; i < end; i++)")
        .addStatement("to[o * toStride + i] = w[i * stride + o]")
        .endControlFlow()
        .endControlFlow()
        .endControlFlow()
        .build();
  }
}
