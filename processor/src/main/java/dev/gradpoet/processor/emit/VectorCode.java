package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeName;
import java.util.HashMap;
import java.util.Map;

/** Statements of vector code that grow one by one, each result in a variable of its own. */
final class VectorCode {

  private final Vectors vectors = new Vectors(Scalar.FLOAT);
  private final NameAllocator names = new NameAllocator();
  private final CodeBlock.Builder code = CodeBlock.builder();

  /** The variables that hold a value already; what is assigned again is none of them. */
  private final Map<CodeBlock, CodeBlock> known = new HashMap<>();

  /** Code in which these names are taken. */
  VectorCode(String... taken) {
    for (String name : taken) {
      names.newName(name);
    }
  }

  /** The statements so far. */
  CodeBlock statements() {
    return code.build();
  }

  /** A line that says what follows. */
  void comment(String text) {
    code.add("// $L\n", text);
  }

  /** {@code FloatVector name = value;}, and the name that it got. */
  CodeBlock floats(String name, String format, Object... arguments) {
    return declare(vectors.type(), name, CodeBlock.of(format, arguments));
  }

  /** {@code IntVector name = value;}. */
  CodeBlock ints(String name, String format, Object... arguments) {
    return declare(Vectors.INTS, name, CodeBlock.of(format, arguments));
  }

  private CodeBlock declare(TypeName type, String wanted, CodeBlock value) {
    return known.computeIfAbsent(value, absent -> {
      String name = names.newName(wanted);
      code.addStatement("$T $L = $L", type, name, value);
      return CodeBlock.of("$L", name);
    });
  }

  /** Any other statement. */
  void statement(String format, Object... arguments) {
    code.addStatement(format, arguments);
  }

  /** {@code name = value;} for a variable that was declared here. */
  void assign(CodeBlock name, String format, Object... arguments) {
    code.addStatement("$L = $L", name, CodeBlock.of(format, arguments));
    known.values().remove(name);
  }

  /** {@code FloatVector.broadcast(S, 1f)}. */
  CodeBlock all(double value) {
    return vectors.all(number(value));
  }

  /** A number. */
  static CodeBlock number(double value) {
    return Scalar.FLOAT.literal(value);
  }

  /** {@code x.compare(VectorOperators.LT, y)}: a mask. */
  static CodeBlock compare(CodeBlock left, String comparison, CodeBlock right) {
    return CodeBlock.of("$L.compare($T.$L, $L)", left, Vectors.OPERATORS, comparison, right);
  }
}
