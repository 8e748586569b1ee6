package dev.gradpoet.processor.emit.kernel.vector;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.TileCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A builder of vector code that stores each result in a new variable; consecutive short declarations share a line. */
public final class VectorCode {

  private final Scalar scalar;
  private final Vectors vectors;
  private final NameAllocator names = new NameAllocator();
  private final CodeBlock.Builder code = CodeBlock.builder();

  /** The declarations of one type that are not printed yet. */
  private final List<CodeBlock> line = new ArrayList<>();

  private TypeName typeOfLine;
  private int length;

  /** The variables by the values that they hold; a variable that is assigned again is removed. */
  private final Map<CodeBlock, CodeBlock> known = new HashMap<>();

  /** Float32 code in which these names are taken. */
  public VectorCode(String... taken) {
    this(Scalar.FLOAT, List.of(taken));
  }

  /** Code in which these names are taken. */
  public VectorCode(Scalar scalar, Collection<String> taken) {
    this.scalar = scalar;
    this.vectors = new Vectors(scalar);
    taken.forEach(names::newName);
  }

  /** The type of the values. */
  public Scalar scalar() {
    return scalar;
  }

  /** The statements so far. */
  public CodeBlock statements() {
    endLine();
    return code.build();
  }

  /** Adds a comment line. */
  public void comment(String text) {
    endLine();
    code.add("// $L\n", text);
  }

  /** {@code FloatVector name = value;}: declares a variable, or returns one that holds this value already. */
  public CodeBlock floats(String name, String format, Object... arguments) {
    return declare(vectors.type(), name, CodeBlock.of(format, arguments));
  }

  /** {@code IntVector name = value;}. */
  public CodeBlock ints(String name, String format, Object... arguments) {
    return declare(Vectors.INTS, name, CodeBlock.of(format, arguments));
  }

  /** {@code VectorMask<Float> name = value;}. */
  public CodeBlock mask(String name, CodeBlock value) {
    return declare(ParameterizedTypeName.get(Vectors.MASK, vectors.box()), name, value);
  }

  private CodeBlock declare(TypeName type, String wanted, CodeBlock value) {
    return known.computeIfAbsent(value, absent -> {
      String name = names.newName(wanted);
      append(type, CodeBlock.of("$L = $L", name, value));
      return CodeBlock.of("$L", name);
    });
  }

  private void append(TypeName type, CodeBlock declaration) {
    int added = TileCode.printedLength(declaration);
    if (!type.equals(typeOfLine) || length + added > TileCode.LINE) {
      endLine();
      typeOfLine = type;
    }
    line.add(declaration);
    length += added;
  }

  private void endLine() {
    if (!line.isEmpty()) {
      code.addStatement("$T $L", typeOfLine, CodeBlock.join(line, ", "));
    }
    line.clear();
    typeOfLine = null;
    length = 0;
  }

  /** Adds any other statement. */
  public void statement(String format, Object... arguments) {
    endLine();
    code.addStatement(format, arguments);
  }

  /** {@code name = value;}: assigns a variable again. */
  public void assign(CodeBlock name, String format, Object... arguments) {
    statement("$L = $L", name, CodeBlock.of(format, arguments));
    known.values().remove(name);
  }

  // FloatVector q = FloatVector.broadcast(S, EXPM1[0]);
  // for (int i = 1; i < 6; i++) q = x.fma(q, FloatVector.broadcast(S, EXPM1[i]));
  /** The value of a polynomial by Horner's rule, in a loop: C2 counts the nodes of its body once and unrolls it later. */
  public CodeBlock horner(Polynomial polynomial, CodeBlock x) {
    CodeBlock q = floats("q", "$L", vectors.all(CodeBlock.of("$L[0]", polynomial)));
    CodeBlock next =
        CodeBlock.of("$L.fma($L, $L)", x, q, vectors.all(CodeBlock.of("$L[i]", polynomial)));
    statement("for (int i = 1; i < $L; i++) $L = $L", polynomial.length(), q, next);
    known.values().remove(q);
    return q;
  }

  // if (centered) {
  //   ...
  // }
  /** Adds statements under a condition; the variables that they declare are not known after them. */
  public void when(String condition, Runnable statements) {
    endLine();
    code.beginControlFlow("if ($L)", condition);
    Map<CodeBlock, CodeBlock> before = Map.copyOf(known);
    statements.run();
    endLine();
    code.endControlFlow();
    known.clear();
    known.putAll(before);
  }

  /** {@code FloatVector.broadcast(S, 1f)}. */
  public CodeBlock all(double value) {
    return all(scalar.literal(value));
  }

  /** {@code FloatVector.broadcast(S, max)}. */
  public CodeBlock all(CodeBlock value) {
    return vectors.all(value);
  }

  /** A float32 literal. */
  public static CodeBlock number(double value) {
    return Scalar.FLOAT.literal(value);
  }

  /** {@code x.compare(VectorOperators.LT, y)}: a mask. */
  public static CodeBlock compare(CodeBlock left, String comparison, CodeBlock right) {
    return CodeBlock.of("$L.compare($T.$L, $L)", left, Vectors.OPERATORS, comparison, right);
  }
}
