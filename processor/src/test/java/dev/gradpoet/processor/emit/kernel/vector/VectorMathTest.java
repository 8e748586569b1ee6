package dev.gradpoet.processor.emit.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.math.FloatMath;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.BiFunction;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The vector twins of the functions have the bits of the scalar ones: sampled, and for every float with {@code -Dgradpoet.stride=1}. */
class VectorMathTest {

  /** Prime, so that the sample meets every bit of the significand. */
  private static final int STRIDE = Integer.getInteger("gradpoet.stride", 1021);

  private static final int BLOCK = 4096;

  private static Class<?> twins;

  /** A function and what prints its twin. */
  enum Twin {
    EXP(VectorMath::exp, FloatMath::exp),
    EXPM1(VectorMath::expm1, FloatMath::expm1),
    LOG(VectorMath::log, FloatMath::log),
    LOG1P(VectorMath::log1p, FloatMath::log1p),
    TANH(VectorMath::tanh, FloatMath::tanh),
    ERF(VectorMath::erf, FloatMath::erf),
    SIGMOID(VectorMath::sigmoid, FloatMath::sigmoid),
    EXP_OF_NEGATIVE(
        (math, x) -> math.expOfNegative(CodeBlock.of("$L.abs().neg()", x)),
        x -> FloatMath.exp(-Math.abs(x))),
    LOG1P_OF_FRACTION(
        (math, x) -> math.log1pOfFraction(CodeBlock.of("$L.abs().min(1f)", x)),
        x -> FloatMath.log1p(Math.min(Math.abs(x), 1)));

    private final BiFunction<VectorMath, CodeBlock, CodeBlock> vector;
    private final OfFloat scalar;

    Twin(BiFunction<VectorMath, CodeBlock, CodeBlock> vector, OfFloat scalar) {
      this.vector = vector;
      this.scalar = scalar;
    }
  }

  private interface OfFloat {
    float of(float x);
  }

  @BeforeAll
  static void compile() throws ClassNotFoundException {
    Vectors vectors = new Vectors(Scalar.FLOAT);
    TypeSpec.Builder type = TypeSpec.classBuilder("Twins")
        .addModifiers(Modifier.PUBLIC)
        .addField(FieldSpec.builder(
                vectors.species(), "S", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer("$T.SPECIES_PREFERRED", vectors.type())
            .build());
    for (Polynomial polynomial : Polynomial.values()) {
      type.addField(polynomial.field());
    }
    for (Twin twin : Twin.values()) {
      VectorCode code = new VectorCode("x", "o", "from", "to");
      CodeBlock value = twin.vector.apply(new VectorMath(code), CodeBlock.of("x"));
      type.addMethod(MethodSpec.methodBuilder(twin.name())
          .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
          .addParameter(Scalar.FLOAT.array(), "from")
          .addParameter(Scalar.FLOAT.array(), "to")
          .returns(TypeName.VOID)
          .beginControlFlow("for (int o = 0; o < from.length; o += S.length())")
          .addStatement("$T x = $L", vectors.type(), vectors.load("from", "o"))
          .addCode(code.statements())
          .addStatement("$L.intoArray(to, o)", value)
          .endControlFlow()
          .build());
    }
    String source = JavaFile.builder("twins", type.build()).build().toString();
    twins = SourceCompiler.compile(Map.of("twins.Twins", source)).loadClass("twins.Twins");
  }

  @ParameterizedTest
  @EnumSource
  void aTwinHasTheBitsOfTheScalarFunctionAtSomeFloats(Twin twin)
      throws ReflectiveOperationException {
    requireSameBits(twin, 31 * STRIDE);
  }

  @ParameterizedTest
  @Tag("exhaustive")
  @EnumSource
  void aTwinHasTheBitsOfTheScalarFunction(Twin twin) throws ReflectiveOperationException {
    requireSameBits(twin, STRIDE);
  }

  private static void requireSameBits(Twin twin, int stride) throws ReflectiveOperationException {
    Method method = twins.getMethod(twin.name(), float[].class, float[].class);
    float[] from = new float[BLOCK];
    float[] to = new float[BLOCK];
    long bits = 0;
    while (bits < 1L << 32) {
      for (int i = 0; i < BLOCK; i++) {
        from[i] = Float.intBitsToFloat((int) (bits + (long) i * stride));
      }
      bits += (long) BLOCK * stride;
      method.invoke(null, from, to);
      for (int i = 0; i < BLOCK; i++) {
        float expected = twin.scalar.of(from[i]);
        // floatToIntBits: which NaN a NaN gives is left open
        if (Float.floatToIntBits(to[i]) != Float.floatToIntBits(expected)) {
          assertThat(to[i]).as("%s(%s)", twin, from[i]).isEqualTo(expected);
        }
      }
    }
  }
}
