package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Optional;

/**
 * One parameter of a kernel and its argument.
 *
 * @param type its type
 * @param name its name
 * @param argument the argument that the caller passes
 * @param ofRow the corresponding parameter of the kernel's second form, for one row, if any
 */
public record Passed(TypeName type, String name, CodeBlock argument, Optional<Passed> ofRow) {

  /** A parameter without a counterpart in the kernel for one row. */
  public Passed(TypeName type, String name, CodeBlock argument) {
    this(type, name, argument, Optional.empty());
  }

  /** The argument that a kernel passes to its form for one row: {@code xs[r]} for rows, otherwise the parameter itself. */
  public CodeBlock passedOn(String row) {
    boolean rows = ofRow.isPresent() && !ofRow.get().type().equals(type);
    return rows ? CodeBlock.of("$L[$L]", name, row) : CodeBlock.of("$L", name);
  }

  /** The method with these parameters. */
  public static MethodSpec.Builder declare(MethodSpec.Builder method, List<Passed> all) {
    all.forEach(
        one -> method.addParameter(ParameterSpec.builder(one.type(), one.name()).build()));
    return method;
  }

  /** {@code name(n, v.input, p.hiddenWeight.rows, ...)}. */
  public static CodeBlock call(String name, List<Passed> all) {
    return CodeBlock.of(
        "$L($L)", name, all.stream().map(Passed::argument).collect(CodeBlock.joining(", ")));
  }
}
