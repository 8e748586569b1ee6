package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a kernel is called and passed.
 *
 * @param name its method
 * @param row the method of its second form, for one row, which kernels of the forward pass have
 * @param passed what it is passed
 */
public record Signature(String name, String row, List<Passed> passed) {

  /** Scratch for one chain of the sums of a row. */
  public static final String PARTIAL = "partial";

  /** What the form for one row is passed. */
  public List<Passed> ofRow() {
    return passed.stream().flatMap(one -> one.ofRow().stream()).toList();
  }

  /** What a form for one row is passed that keeps its sums in registers. */
  public List<Passed> ofRowInRegisters() {
    return ofRow().stream().filter(one -> !one.name().equals(PARTIAL)).toList();
  }

  /** What the form for one row is passed, by the names of its parameters. */
  public Map<String, CodeBlock> rowArguments() {
    return ofRow().stream().collect(Collectors.toMap(Passed::name, Passed::argument));
  }

  /** {@code bothRow(xs0[r], xs1[r], ys[r])}: a row of many. */
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
