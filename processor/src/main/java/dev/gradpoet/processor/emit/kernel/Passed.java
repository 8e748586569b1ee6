package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Optional;

/**
 * One parameter of a kernel and what is passed for it.
 *
 * @param type its type
 * @param name its name
 * @param argument what the caller passes
 * @param ofRow the parameter of the kernel's second form, for one row, if that has it
 */
public record Passed(TypeName type, String name, CodeBlock argument, Optional<Passed> ofRow) {

  /** A parameter that a kernel for one row does not have. */
  public Passed(TypeName type, String name, CodeBlock argument) {
    this(type, name, argument, Optional.empty());
  }

  /** What a kernel passes on to its form for one row: {@code xs[r]} of rows, all else as it is. */
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
