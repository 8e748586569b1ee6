package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.Arrays;
import javax.lang.model.element.Modifier;

/** Prints the softmax of float32 rows and its pieces, which cross entropy uses too. */
final class SimdSoftmax {

  private static final Scalar FLOAT = Scalar.FLOAT;

  private final MethodSet methods;
  private final Vectors vectors = new Vectors(FLOAT);

  SimdSoftmax(MethodSet methods) {
    this.methods = methods;
  }

  /** The name of {@code maximum(z, width)}. */
  String maximum() {
    return methods.name("maximum", this::maximum);
  }

  /** The name of {@code exponentials(z, max, y, width)}, which gives their sum. */
  String exponentials() {
    return methods.name("exponentials", this::exponentials);
  }

  /** The name of {@code divide(y, sum, factor, width)}. */
  String divide() {
    return methods.name("divide", this::divide);
  }

  private static MethodSpec.Builder head(String name) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(FLOAT.array(), "from");
  }

  // FloatVector lowest = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
  // IntVector max = lowest.reinterpretAsInts().broadcast(Integer.MIN_VALUE);
  // int o = 0;
  // for (; o + L <= width; o += L) {
  //   IntVector x = FloatVector.fromArray(S, from, o).reinterpretAsInts();
  //   max = max.max(x.lanewise(VectorOperators.ASHR, 31)...);
  // }
  // if (o < width) {
  //   IntVector x = lowest.blend(FloatVector.fromArray(S, from, o), S.indexInRange(o,
  // width)).reinterpretAsInts();
  //   max = max.max(x.lanewise(VectorOperators.ASHR, 31)...);
  // }
  // int x = max.reduceLanes(VectorOperators.MAX);
  // return Float.intBitsToFloat(x ^ (x >> 31 >>> 1));
  private MethodSpec maximum(String name) {
    CodeBlock next = CodeBlock.of(
        "max = max.max(x.lanewise($1T.ASHR, 31).lanewise($1T.LSHR, 1).lanewise($1T.XOR, x))",
        Vectors.OPERATORS);
    CodeBlock whole = vectors.load("from", "o");
    CodeBlock last = CodeBlock.of("lowest.blend($L, S.indexInRange(o, width))", whole);
    return head(name)
        .addJavadoc(
            "The largest of the first {@code width} values; of no meaning if one is NaN, which their exponentials then are. Floats have the order"
                + "\nof their bits as integers, once the bits of negative ones are turned over, and integers have a maximum of one instruction.\n")
        .addParameter(TypeName.INT, "width")
        .returns(TypeName.FLOAT)
        .addStatement(
            "$T lowest = $L", vectors.type(), vectors.all(CodeBlock.of("Float.NEGATIVE_INFINITY")))
        .addStatement(
            "$T max = lowest.reinterpretAsInts().broadcast(Integer.MIN_VALUE)", Vectors.INTS)
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
        .addStatement("return Float.intBitsToFloat(x ^ (x >> 31 >>> 1))")
        .build();
  }

  // for (int o = 0; o < width; o += L) {
  //   FloatVector x = FloatVector.fromArray(S, from, o).sub(max);
  //   ...
  //   exp.intoArray(to, o);
  // }
  // int length = width <= 16 ? width : (width + 15) / 16 * 16;
  // Arrays.fill(to, width, length, 0f);
  // return Chains.sum(to, length);
  private MethodSpec exponentials(String name) {
    VectorCode code = new VectorCode("o", "from", "to", "width", "max");
    CodeBlock x = code.floats("x", "$L.sub(max)", vectors.load("from", "o"));
    CodeBlock exp = new VectorMath(code).expOfNegative(x);
    methods.reads(code.polynomials());
    return head(name)
        .addJavadoc("{@code to = e^(from - max)}, and the sum by the tree over sixteen chains.\n")
        .addParameter(TypeName.FLOAT, "max")
        .addParameter(FLOAT.array(), "to")
        .addParameter(TypeName.INT, "width")
        .returns(TypeName.FLOAT)
        .beginControlFlow("for (int o = 0; o < width; o += L)")
        .addCode(code.statements())
        .addStatement("$L.intoArray(to, o)", exp)
        .endControlFlow()
        .addStatement("int length = width <= 16 ? width : (width + 15) / 16 * 16")
        .addStatement("$T.fill(to, width, length, 0f)", Arrays.class)
        .addStatement("return $T.sum(to, length)", Names.CHAINS)
        .build();
  }

  // for (int o = 0; o < width; o += L) {
  //   FloatVector.fromArray(S, from, o).div(sum).mul(factor).intoArray(from, o);
  // }
  private MethodSpec divide(String name) {
    return head(name)
        .addJavadoc("{@code from = from / sum * factor}, in place.\n")
        .addParameter(TypeName.FLOAT, "sum")
        .addParameter(TypeName.FLOAT, "factor")
        .addParameter(TypeName.INT, "width")
        .beginControlFlow("for (int o = 0; o < width; o += L)")
        .addStatement("$L.div(sum).mul(factor).intoArray(from, o)", vectors.load("from", "o"))
        .endControlFlow()
        .build();
  }

  // float max = maximum(from, width);
  // float sum = exponentials(from, max, to, width);
  // divide(to, sum, 1f, width);
  /** The body of the softmax. */
  MethodSpec value(MethodSpec.Builder method) {
    return method
        .addStatement("float max = $L(from, width)", maximum())
        .addStatement("float sum = $L(from, max, to, width)", exponentials())
        .addStatement("$L(to, sum, 1f, width)", divide())
        .build();
  }

  // int padded = (width + 15) / 16 * 16;
  // Arrays.fill(from, width, padded, 0f);
  // Arrays.fill(to, width, padded, 0f);
  // float dot = Chains.dot(0f, to, from, padded);
  // for (int o = 0; o < width; o += L) {
  //   FloatVector g = FloatVector.fromArray(S, to, o);
  //   FloatVector.fromArray(S, from, o).mul(g.sub(dot)).intoArray(to, o);
  // }
  /** The body of its derivative. */
  MethodSpec gradient(MethodSpec.Builder method) {
    return method
        .addStatement("int padded = (width + 15) / 16 * 16")
        .addStatement("$T.fill(from, width, padded, 0f)", Arrays.class)
        .addStatement("$T.fill(to, width, padded, 0f)", Arrays.class)
        .addStatement("float dot = $T.dot(0f, to, from, padded)", Names.CHAINS)
        .beginControlFlow("for (int o = 0; o < width; o += L)")
        .addStatement("$T g = $L", vectors.type(), vectors.load("to", "o"))
        .addStatement("$L.mul(g.sub(dot)).intoArray(to, o)", vectors.load("from", "o"))
        .endControlFlow()
        .build();
  }
}
