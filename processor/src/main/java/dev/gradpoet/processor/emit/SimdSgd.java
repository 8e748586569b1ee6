package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;

/** Prints the vector twin of {@link PlainSgd}. */
final class SimdSgd {

  private SimdSgd() {}

  // for (int j = 0; j < w.length; j += L) {
  //   FloatVector x = FloatVector.fromArray(S, w, j);
  //   FloatVector d = FloatVector.fromArray(S, g, j);
  //   if (maximize) {
  //     d = d.neg();
  //   }
  //   if (decay != 0) {
  //     d = x.fma(FloatVector.broadcast(S, decay), d);
  //   }
  //   if (v != null) {
  //     FloatVector m = d;
  //     if (!first) {
  //       m = FloatVector.fromArray(S, v, j).fma(FloatVector.broadcast(S, momentum), d.mul(share));
  //     }
  //     m.intoArray(v, j);
  //     d = nesterov ? m.fma(FloatVector.broadcast(S, momentum), d) : m;
  //   }
  //   d.fma(FloatVector.broadcast(S, -lr), x).intoArray(w, j);
  // }
  static MethodSpec method(Signatures signatures) {
    Vectors vectors = new Vectors(signatures.scalar());
    CodeBlock momentum = vectors.all(CodeBlock.of("momentum"));
    return PlainSgd.head(signatures)
        .beginControlFlow("for (int j = 0; j < w.length; j += L)")
        .addStatement("$T x = $L", vectors.type(), vectors.load("w", "j"))
        .addStatement("$T d = $L", vectors.type(), vectors.load("g", "j"))
        .beginControlFlow("if (maximize)")
        .addStatement("d = d.neg()")
        .endControlFlow()
        .beginControlFlow("if (decay != 0)")
        .addStatement("d = x.fma($L, d)", vectors.all(CodeBlock.of("decay")))
        .endControlFlow()
        .beginControlFlow("if (v != null)")
        .addStatement("$T m = d", vectors.type())
        .beginControlFlow("if (!first)")
        .addStatement("m = $L.fma($L, d.mul(share))", vectors.load("v", "j"), momentum)
        .endControlFlow()
        .addStatement("m.intoArray(v, j)")
        .addStatement("d = nesterov ? m.fma($L, d) : m", momentum)
        .endControlFlow()
        .addStatement("d.fma($L, x).intoArray(w, j)", vectors.all(CodeBlock.of("-lr")))
        .endControlFlow()
        .build();
  }
}
