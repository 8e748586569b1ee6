package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.kernel.RowFunction;
import dev.gradpoet.processor.emit.kernel.Signature;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import dev.gradpoet.processor.emit.kernel.vector.VectorFormula;
import java.util.ArrayList;
import java.util.List;

/**
 * A function of a row, split into loops that are each short enough for C2.
 *
 * @param before all loops except the last
 * @param last the formula of the last loop
 */
record SplitFunction(List<Part> before, VectorFormula last) {

  /**
   * A loop.
   *
   * @param from the array that it reads as {@code from}
   * @param to the array that it writes
   */
  record Part(FunctionLoop loop, String from, String to) {

    // erf(from, to, width)
    CodeBlock call(Helpers helpers) {
      return CodeBlock.of("$L($L, $L, width)", helpers.name(loop.called()), from, to);
    }
  }

  /** Splits a function: moves the first call in its formula into a loop, until the rest is short enough. */
  static SplitFunction of(RowFunction function) {
    String kept = function.gradient() ? Signature.PARTIAL : "to";
    List<Part> before = new ArrayList<>();
    VectorFormula rest = new VectorFormula(function.program(), function.arrays());
    while (!rest.fits()) {
      VectorFormula next = rest.first();
      String name = next.functionName();
      if (next.hasKnownArgument()) {
        before.add(new Part(new FunctionLoop(name, next.ofArgument()), kept, kept));
      } else if (next.fits()) {
        before.add(new Part(new FunctionLoop(name, next), "from", kept));
      } else {
        before.add(new Part(new FunctionLoop(name + "Argument", next.argument()), "from", kept));
        before.add(new Part(new FunctionLoop(name, next.ofArgument()), kept, kept));
      }
      rest = rest.after(next, kept);
    }
    return new SplitFunction(before, rest);
  }

  /** All loops except the last. */
  List<Helper> calls() {
    return before.stream().map(part -> part.loop().called()).toList();
  }
}
