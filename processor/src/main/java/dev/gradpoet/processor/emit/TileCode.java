package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.stream.IntStream;

/** The statements of one tile, whose sums are {@code c<row><vector>}. */
final class TileCode {

  /** About the line length of JavaPoet, less the indentation. */
  private static final int LINE = 92;

  private final int rows;
  private final int width;
  private final CodeBlock.Builder code = CodeBlock.builder();

  TileCode(int rows, int width) {
    this.rows = rows;
    this.width = width;
  }

  /** What belongs to a row or to a vector of the tile. */
  interface Each {
    Object of(int number);
  }

  /** What belongs to a sum of the tile. */
  interface Cell {
    Object of(int row, int vector);
  }

  CodeBlock build() {
    return code.build();
  }

  TileCode statement(String format, Object... arguments) {
    code.addStatement(format, arguments);
    return this;
  }

  TileCode begin(String format, Object... arguments) {
    code.beginControlFlow(format, arguments);
    return this;
  }

  TileCode end() {
    code.endControlFlow();
    return this;
  }

  // float[] x0 = xs[r], x1 = xs[r + 1];
  TileCode declareRows(TypeName type, String name, Each value) {
    return declare(type, rows, name, value);
  }

  // FloatVector w0 = FloatVector.fromArray(S, w, at), w1 = FloatVector.fromArray(S, w, at + L);
  TileCode declareVectors(TypeName type, String name, Each value) {
    return declare(type, width, name, value);
  }

  private TileCode declare(TypeName type, int count, String name, Each value) {
    code.addStatement(
        "$T $L",
        type,
        IntStream.range(0, count)
            .mapToObj(i -> CodeBlock.of("$L$L = $L", name, i, value.of(i)))
            .collect(CodeBlock.joining(",$W")));
    return this;
  }

  // FloatVector c00 = s0, c01 = s1, c10 = s0, c11 = s1;
  TileCode declareCells(TypeName type, String name, Cell value) {
    code.addStatement(
        "$T $L",
        type,
        IntStream.range(0, rows * width)
            .mapToObj(i -> CodeBlock.of(
                "$L$L$L = $L", name, i / width, i % width, value.of(i / width, i % width)))
            .collect(CodeBlock.joining(",$W")));
    return this;
  }

  // c00 = x.fma(w0, c00); c01 = x.fma(w1, c01);
  /** A statement for each sum of a row, several a line. */
  TileCode row(int row, Cell statement) {
    return statements(row, row + 1, statement);
  }

  /** A statement for each sum of the tile, several a line. */
  TileCode cells(Cell statement) {
    return statements(0, rows, statement);
  }

  private TileCode statements(int from, int to, Cell statement) {
    int length = statement.of(from, 0).toString().length() + 2;
    int perLine = Math.max(1, Math.min(width, LINE / length));
    for (int row = from; row < to; row++) {
      int r = row;
      for (int v = 0; v < width; v += perLine) {
        code.add(
            "$L\n",
            IntStream.range(v, Math.min(v + perLine, width))
                .mapToObj(vector -> CodeBlock.of("$L;", statement.of(r, vector)))
                .collect(CodeBlock.joining(" ")));
      }
    }
    return this;
  }

  /** {@code r}, {@code r + 1}. */
  static String after(String start, int number) {
    return number == 0 ? start : start + " + " + number;
  }
}
