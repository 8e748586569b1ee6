package dev.gradpoet.processor.emit.kernel.simd;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHAINS;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.MethodSet;
import dev.gradpoet.processor.emit.kernel.vector.VectorCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorMath;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import javax.lang.model.element.Modifier;

/** Prints the softmax of float32 rows and its pieces, which cross entropy uses too. */
public final class SimdSoftmax {

  private static final Scalar FLOAT = Scalar.FLOAT;

  private final MethodSet methods;
  private final Vectors vectors = new Vectors(FLOAT);

  public SimdSoftmax(MethodSet methods) {
    this.methods = methods;
  }

  /** The name of {@code maximum(z, width)}. */
  public String maximum() {
    return methods.name("maximum", this::maximum);
  }

  /** The name of {@code exponentials(z, max, y, width)}, which gives their sum. */
  public String exponentials() {
    return methods.name("exponentials", this::exponentials);
  }

  /** The name of {@code divide(y, sum, factor, width)}. */
  public String divide() {
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

  // for (int o = 0; o < width; o += L) {
  //   FloatVector x = FloatVector.fromArray(S, from, o).sub(max);
  //   ...
  //   exp.intoArray(to, o);
  // }
  // return Chains.sum(to, width);
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
        .addStatement("return $T.sum(to, width)", CHAINS)
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
  public MethodSpec value(MethodSpec.Builder method) {
    return method
        .addStatement("float max = $L(from, width)", maximum())
        .addStatement("float sum = $L(from, max, to, width)", exponentials())
        .addStatement("$L(to, sum, 1f, width)", divide())
        .build();
  }

  // float dot = Chains.dot(0f, to, from, width);
  // for (int o = 0; o < width; o += L) {
  //   FloatVector g = FloatVector.fromArray(S, to, o);
  //   FloatVector.fromArray(S, from, o).mul(g.sub(dot)).intoArray(to, o);
  // }
  /** The body of its derivative. */
  public MethodSpec gradient(MethodSpec.Builder method) {
    return method
        .addStatement("float dot = $T.dot(0f, to, from, width)", CHAINS)
        .beginControlFlow("for (int o = 0; o < width; o += L)")
        .addStatement("$T g = $L", vectors.type(), vectors.load("to", "o"))
        .addStatement("$L.mul(g.sub(dot)).intoArray(to, o)", vectors.load("from", "o"))
        .endControlFlow()
        .build();
  }
}
