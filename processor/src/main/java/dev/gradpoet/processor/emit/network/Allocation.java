package dev.gradpoet.processor.emit.network;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Plan;

/** Prints the allocation of rows for the samples of a batch. */
record Allocation(Plan plan, Scalar scalar) {

  // rows.floats(64)
  // rows.floats(3, 64)
  CodeBlock of(Buffer buffer) {
    if (buffer.height().isPresent()) {
      return matrix(buffer.height().getAsInt(), plan.stored(buffer));
    }
    return CodeBlock.of(
        "rows.$Ls($L$L)",
        buffer.holdsIndices() ? TypeName.INT : scalar.type(),
        buffer.positions() == 1 ? "" : buffer.positions() + ", ",
        plan.stored(buffer));
  }

  // rows.floatMatrix(3, 32)
  CodeBlock matrix(int height, int width) {
    return CodeBlock.of("rows.$LMatrix($L, $L)", scalar.type(), height, width);
  }
}
