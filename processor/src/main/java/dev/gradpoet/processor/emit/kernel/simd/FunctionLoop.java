package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.Signature;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.vector.VectorCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorFormula;

/** {@code erf(from, to, width)}: one loop of a function that is split into several. */
record FunctionLoop(String wantedName, VectorFormula formula) implements SimdLoops.Loop {

  @Override
  public MethodSpec method(Helpers helpers) {
    return MethodSpec.methodBuilder(helpers.name(this))
        .addJavadoc(
            "Part of a function that is split into several loops, because one loop may have only a limited number of vector operations.\n")
        .addParameter(Scalar.FLOAT.array(), "from")
        .addParameter(Scalar.FLOAT.array(), "to")
        .addParameter(TypeName.INT, "width")
        .addCode(body(formula))
        .build();
  }

  // for (int o = 0; o < width; o += L) {
  //   FloatVector y = FloatVector.fromArray(S, from, o), g = FloatVector.fromArray(S, to, o);
  //   g.blend(0f, y.compare(VectorOperators.LE, 0f)).intoArray(to, o);
  // }
  /** The loop of a formula. */
  static CodeBlock body(VectorFormula formula) {
    return CodeBlock.builder()
        .beginControlFlow("for (int o = 0; o < width; o += L)")
        .add(formula.print(new VectorCode("o", "from", "to", "width", Signature.PARTIAL)))
        .endControlFlow()
        .build();
  }
}
