package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.plain.PlainSgd;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;

/** Prints the vector twin of {@link PlainSgd}. */
public final class SimdSgd {

  private SimdSgd() {}

  // for (int j = 0; j < w.length; j += L) {
  //   FloatVector x = FloatVector.fromArray(S, w, j), d = FloatVector.fromArray(S, g, j);
  //   d = maximize ? d.neg() : d;
  //   d = decay == 0 ? d : x.fma(FloatVector.broadcast(S, decay), d);
  //   if (v != null) {
  //     FloatVector m = first ? d : FloatVector.fromArray(S, v, j).fma(FloatVector.broadcast(S,
  // momentum), d.mul(share));
  //     m.intoArray(v, j);
  //     d = nesterov ? m.fma(FloatVector.broadcast(S, momentum), d) : m;
  //   }
  //   d.fma(FloatVector.broadcast(S, -lr), x).intoArray(w, j);
  // }
  public static MethodSpec method(Signatures signatures) {
    Vectors vectors = new Vectors(signatures.scalar());
    CodeBlock momentum = vectors.all(CodeBlock.of("momentum"));
    return PlainSgd.head(signatures)
        .beginControlFlow("for (int j = 0; j < w.length; j += L)")
        .addStatement(
            "$T x = $L, d = $L", vectors.type(), vectors.load("w", "j"), vectors.load("g", "j"))
        .addStatement("d = maximize ? d.neg() : d")
        .addStatement("d = decay == 0 ? d : x.fma($L, d)", vectors.all(CodeBlock.of("decay")))
        .beginControlFlow("if (v != null)")
        .addStatement(
            "$T m = first ? d : $L.fma($L, d.mul(share))",
            vectors.type(),
            vectors.load("v", "j"),
            momentum)
        .addStatement("m.intoArray(v, j)")
        .addStatement("d = nesterov ? m.fma($L, d) : m", momentum)
        .endControlFlow()
        .addStatement("d.fma($L, x).intoArray(w, j)", vectors.all(CodeBlock.of("-lr")))
        .endControlFlow()
        .build();
  }
}
