package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;

/** {@code dot(start, x, w, at, length, chains)}: a dot product whose sixteen chains are lanes of vectors. */
record SimdDot(Scalar scalar) implements SimdLoops.Loop {

  @Override
  public String wantedName() {
    return "dot";
  }

  // int padded = (inner + 15) / 16 * 16;
  // for (int o = 0; o < width; o++) {
  //   y[o] = dot(start[o], x, w[0], o * padded, inner, partial);
  // }
  /** Adds the body of the method that computes all dot products of a row. */
  MethodSpec dotProducts(MethodSpec.Builder dotProducts, Helpers helpers) {
    return dotProducts
        .addStatement("int padded = (inner + 15) / 16 * 16")
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement(
            "y[o] = $L(start[o], x, w[0], o * padded, inner, partial)", helpers.name(this))
        .endControlFlow()
        .build();
  }

  // for (int l = 0; l < 16; l += L) {
  //   FloatVector c = FloatVector.zero(S);
  //   if (l == 0) {
  //     c = c.withLane(0, start);
  //   }
  //   int k = l;
  //   for (; k + L <= length; k += 16) {
  //     c = FloatVector.fromArray(S, x, k).fma(FloatVector.fromArray(S, w, at + k), c);
  //   }
  //   if (k < length) {
  //     VectorMask<Float> left = S.indexInRange(k, length);
  //     c = c.blend(
  //         FloatVector.fromArray(S, x, k).fma(FloatVector.fromArray(S, w, at + k), c), left);
  //   }
  //   c.intoArray(chains, l);
  // }
  // return FloatChains.tree(chains);
  @Override
  public MethodSpec method(Helpers helpers) {
    Vectors vectors = new Vectors(scalar);
    return MethodSpec.methodBuilder(helpers.name(this))
        .addJavadoc(
            "{@code start + x w} over {@code length} values of w from {@code at} on: chain l takes the values l, l + 16, ...; chain 0 starts from start."
                + "\nThe chains are lanes, so that vectors are full even if there are few outputs.\n")
        .returns(scalar.type())
        .addParameter(scalar.type(), "start")
        .addParameter(scalar.array(), "x")
        .addParameter(scalar.array(), "w")
        .addParameter(TypeName.INT, "at")
        .addParameter(TypeName.INT, "length")
        .addParameter(scalar.array(), "chains")
        .beginControlFlow("for (int l = 0; l < 16; l += L)")
        .addStatement("$T c = $L", vectors.type(), vectors.zero())
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
        .addStatement("return $T.tree(chains)", scalar.chains())
        .build();
  }
}
