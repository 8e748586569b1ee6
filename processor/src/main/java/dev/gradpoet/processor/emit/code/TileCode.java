package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Prints the statements of one tile, with variables such as {@code c<row><vector>}, one for each sum. */
public final class TileCode {

  /** The maximum length of a line, without the indentation. */
  public static final int LINE = 124;

  /** The maximum length of a line of a row, which would otherwise be two lines. */
  private static final int LINE_OF_ROW = 144;

  private final int rows;
  private final int width;
  private final CodeBlock.Builder code = CodeBlock.builder();

  public TileCode(int rows, int width) {
    this.rows = rows;
    this.width = width;
  }

  /** The code for a row or a vector of the tile. */
  public interface Each {
    Object of(int number);
  }

  /** The code for a sum of the tile. */
  public interface Cell {
    Object of(int row, int vector);
  }

  public CodeBlock build() {
    return code.build();
  }

  public TileCode statement(String format, Object... arguments) {
    code.addStatement(format, arguments);
    return this;
  }

  public TileCode begin(String format, Object... arguments) {
    code.beginControlFlow(format, arguments);
    return this;
  }

  public TileCode end() {
    code.endControlFlow();
    return this;
  }

  // float[] x0 = xs[r], x1 = xs[r + 1];
  public TileCode declareRows(TypeName type, String name, Each value) {
    return declare(type, variables(rows, name, value));
  }

  // int r1 = Math.min(r + 1, last);
  /** Declares a variable for each row but the first. */
  public TileCode declareRest(TypeName type, String name, Each value) {
    return declare(type, variables(rows, name, value).subList(1, rows));
  }

  // FloatVector w0 = FloatVector.fromArray(S, m, at), w1 = FloatVector.fromArray(S, m, at + L);
  public TileCode declareVectors(TypeName type, String name, Each value) {
    return declare(type, variables(width, name, value));
  }

  // FloatVector w0 = FloatVector.fromArray(S, m, at), w1 = FloatVector.fromArray(S, m, at + L), x;
  /** Declares a variable for each vector, and one for a row. */
  public TileCode declareVectors(TypeName type, String name, Each value, String ofRow) {
    List<CodeBlock> variables = new ArrayList<>(variables(width, name, value));
    variables.add(CodeBlock.of("$L", ofRow));
    return declare(type, variables);
  }

  private static List<CodeBlock> variables(int count, String name, Each value) {
    return IntStream.range(0, count)
        .mapToObj(i -> CodeBlock.of("$L$L = $L", name, i, value.of(i)))
        .toList();
  }

  // FloatVector c00 = s0, c01 = s1, c10 = s0, c11 = s1;
  public TileCode declareCells(TypeName type, String name, Cell value) {
    return declare(
        type,
        IntStream.range(0, rows * width)
            .mapToObj(i -> CodeBlock.of("$L = $L", cell(name, i), value.of(i / width, i % width)))
            .toList());
  }

  private TileCode declare(TypeName type, List<CodeBlock> variables) {
    int perLine = perLine(variables.get(0));
    for (int from = 0; from < variables.size(); from += perLine) {
      int to = Math.min(from + perLine, variables.size());
      code.addStatement("$T $L", type, CodeBlock.join(variables.subList(from, to), ", "));
    }
    return this;
  }

  /** The number of pieces of this length that fit into a line. */
  private static int perLine(Object first) {
    return Math.max(1, LINE / printedLength(first));
  }

  /** The printed length of a piece of code and a separator; type names are printed without their packages. */
  public static int printedLength(Object code) {
    return code.toString().replaceAll("[a-z.]+\\.(?=[A-Z])", "").length() + 2;
  }

  // c00 = x.fma(w0, c00); c01 = x.fma(w1, c01);
  /** A statement for each sum of a row, several per line. */
  public TileCode row(int row, Cell statement) {
    return statements(row, row + 1, statement);
  }

  // x = FloatVector.broadcast(S, x0[k]); c00 = x.fma(w0, c00); c01 = x.fma(w1, c01);
  /** A statement for the row and one for each of its sums, in one line if they fit. */
  public TileCode row(CodeBlock first, int row, Cell statement) {
    int length = printedLength(first) + width * printedLength(statement.of(row, 0));
    code.add(length <= LINE_OF_ROW ? "$L; " : "$L;\n", first);
    return row(row, statement);
  }

  /** A statement for each sum of the tile, several per line. */
  public TileCode cells(Cell statement) {
    return statements(0, rows, statement);
  }

  // c00 = c02; c01 = c03; c02 = c10; c03 = c11; ...
  /** Moves each sum forward by this number of variables; the last ones keep their values. */
  public TileCode shift(String name, int by) {
    List<Object> moves = new ArrayList<>();
    for (int to = 0; to < rows * width - by; to++) {
      moves.add(CodeBlock.of("$L = $L", cell(name, to), cell(name, to + by)));
    }
    return lines(moves, 1);
  }

  private String cell(String name, int number) {
    return name + number / width + number % width;
  }

  private TileCode statements(int from, int to, Cell statement) {
    List<Object> all = new ArrayList<>();
    for (int row = from; row < to; row++) {
      for (int v = 0; v < width; v++) {
        all.add(statement.of(row, v));
      }
    }
    return lines(all, width);
  }

  /** Prints as many statements per line as fit; whole rows, if at least one fits. */
  private TileCode lines(List<Object> statements, int row) {
    int fit = perLine(statements.get(0));
    int perLine = fit >= row ? fit / row * row : fit;
    for (int at = 0; at < statements.size(); at += perLine) {
      code.add(
          "$L\n",
          statements.subList(at, Math.min(at + perLine, statements.size())).stream()
              .map(one -> CodeBlock.of("$L;", one))
              .collect(CodeBlock.joining(" ")));
    }
    return this;
  }

  /** {@code r}, {@code r + 1}. */
  public static String after(String start, int number) {
    return number == 0 ? start : start + " + " + number;
  }

  /** {@code r}, {@code r1}: the variable that holds the number of a row of the tile. */
  public static String numberOf(int row) {
    return row == 0 ? "r" : "r" + row;
  }
}
