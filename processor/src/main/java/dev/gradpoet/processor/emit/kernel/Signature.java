package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.Passed;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The method of a kernel: its name and its parameters with their arguments.
 *
 * @param name the name of the method
 * @param row the name of its second form, for one row, which kernels of the forward pass have
 * @param passed its parameters with their arguments
 */
public record Signature(String name, String row, List<Passed> passed) {

  /** The parameter for scratch, a row of partial sums. */
  public static final String PARTIAL = "partial";

  /** The parameters of the form for one row. */
  public List<Passed> ofRow() {
    return passed.stream().flatMap(one -> one.ofRow().stream()).toList();
  }

  /** The parameters of a form for one row that keeps its sums in registers. */
  public List<Passed> ofRowInRegisters() {
    return ofRow().stream().filter(one -> !one.name().equals(PARTIAL)).toList();
  }

  /** The arguments of the form for one row, by the names of its parameters. */
  public Map<String, CodeBlock> rowArguments() {
    return ofRow().stream().collect(Collectors.toMap(Passed::name, Passed::argument));
  }

  /** {@code bothRow(xs0[r], xs1[r], ys[r])}: the call of the form for one row, in a loop over rows. */
  public CodeBlock rowOfRows() {
    return CodeBlock.of(
        "$L($L)",
        row,
        passed.stream()
            .filter(one -> one.ofRow().isPresent())
            .map(one -> one.passedOn("r"))
            .collect(CodeBlock.joining(", ")));
  }
}
