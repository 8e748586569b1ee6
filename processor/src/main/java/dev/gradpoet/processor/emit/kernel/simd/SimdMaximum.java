package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;

/**
 * {@code maximum(from, width)}: the largest value of a float32 row, compared as integers, because a maximum of float vectors takes five more
 * instructions for NaN and signed zeros.
 */
record SimdMaximum() implements SimdLoops.Loop {

  @Override
  public String wantedName() {
    return "maximum";
  }

  // static float maximum(float[] from, int width) {
  //   FloatVector lowest = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
  //   IntVector max = lowest.reinterpretAsInts().broadcast(Integer.MIN_VALUE);
  //   int o = 0;
  //   for (; o + L <= width; o += L) {
  //     IntVector x = FloatVector.fromArray(S, from, o).reinterpretAsInts();
  //     max = max.max(x.lanewise(VectorOperators.ASHR, 31)...);
  //   }
  //   if (o < width) {
  //     IntVector x = lowest.blend(..., S.indexInRange(o, width)).reinterpretAsInts();
  //     max = max.max(x.lanewise(VectorOperators.ASHR, 31)...);
  //   }
  //   int x = max.reduceLanes(VectorOperators.MAX);
  //   return Float.intBitsToFloat(x ^ (x >> 31 >>> 1));
  // }
  @Override
  public MethodSpec method(Helpers helpers) {
    Vectors vectors = new Vectors(Scalar.FLOAT);
    CodeBlock next = CodeBlock.of(
        "max = max.max(x.lanewise($1T.ASHR, 31).lanewise($1T.LSHR, 1).lanewise($1T.XOR, x))",
        Vectors.OPERATORS);
    CodeBlock whole = vectors.load("from", "o");
    CodeBlock last = CodeBlock.of("lowest.blend($L, S.indexInRange(o, width))", whole);
    return MethodSpec.methodBuilder(helpers.name(this))
        .addJavadoc(
            "The largest of the first {@code width} values; unspecified if one is NaN, because the exponentials are then NaN too. Floats have the order"
                + "\nof their bits as integers if the lower bits of negative ones are inverted, and a maximum of integers is one instruction.\n")
        .addParameter(Scalar.FLOAT.array(), "from")
        .addParameter(TypeName.INT, "width")
        .returns(TypeName.FLOAT)
        .addStatement(
            "$T lowest = $L",
            vectors.type(),
            vectors.all(CodeBlock.of("$T.NEGATIVE_INFINITY", Float.class)))
        .addStatement(
            "$T max = lowest.reinterpretAsInts().broadcast($T.MIN_VALUE)",
            Vectors.INTS,
            Integer.class)
        .addStatement("int o = 0")
        .beginControlFlow("for (; o + L <= width; o += L)")
        .addStatement("$T x = $L.reinterpretAsInts()", Vectors.INTS, whole)
        .addStatement(next)
        .endControlFlow()
        .beginControlFlow("if (o < width)")
        .addStatement("$T x = $L.reinterpretAsInts()", Vectors.INTS, last)
        .addStatement(next)
        .endControlFlow()
        .addStatement("int x = max.reduceLanes($T.MAX)", Vectors.OPERATORS)
        .addStatement("return $T.intBitsToFloat(x ^ (x >> 31 >>> 1))", Float.class)
        .build();
  }
}
