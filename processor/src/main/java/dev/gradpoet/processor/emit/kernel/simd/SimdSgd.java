package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.plain.PlainSgd;
import dev.gradpoet.processor.graph.formula.Updates;

/** Prints the vector twin of {@link PlainSgd}. */
public final class SimdSgd {

  private SimdSgd() {}

  // (options)
  // for (int j = 0; j < w.length; j += L) {
  //   FloatVector g_ = FloatVector.fromArray(S, g, j), gradient = maximize ? g_.neg() : g_;
  //   FloatVector w_ = FloatVector.fromArray(S, w, j), d = decays ? w_.fma(FloatVector.broadcast(S,
  // decay), gradient) : gradient;
  //   FloatVector m_ = FloatVector.fromArray(S, m, j);
  //   if (remembers) {
  //     m_ = first ? d : m_.fma(FloatVector.broadcast(S, momentum), d.mul(share));
  //     m_.intoArray(m, j);
  //   }
  //   FloatVector step = remembers ? (nesterov ? m_.fma(FloatVector.broadcast(S, momentum), d) :
  // m_) : d;
  //   step.fma(FloatVector.broadcast(S, -learningRate), w_).intoArray(w, j);
  // }
  public static MethodSpec method(Signatures signatures) {
    return PlainSgd.head(signatures)
        .addCode(SimdUpdates.loop(Updates.sgd(), signatures.scalar()))
        .build();
  }
}
