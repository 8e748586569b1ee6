package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.RowPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import dev.gradpoet.processor.emit.kernel.family.KernelCode;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.vector.VectorCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorLoop;
import dev.gradpoet.processor.emit.kernel.vector.VectorNodes;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.graph.formula.RowStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Prints a row program of float32 as vector code: the twin of {@link RowPrinter}, with the same bits.
 *
 * @param arrays the names of its rows
 * @param width the number of their values
 */
record SimdRowProgram(RowProgram program, Map<Variable, String> arrays, CodeBlock width) {

  /** Whether one method may hold the whole program: a maximum is a method already, and the limit of C2 includes inlined methods. */
  boolean isOneMethod() {
    return program.maxima().isEmpty()
        && VectorNodes.fits(CodeBlock.join(
            program.groups().stream()
                .filter(SimdRowProgram::isLoop)
                .map(group -> loop(group).body(new VectorCode(), arrays, "o", width))
                .toList(),
            ""));
  }

  /** The statements in a method of {@link SimdLoops}, which calls other methods there if it cannot hold all loops. */
  KernelCode<CodeBlock> inLoops() {
    return isOneMethod() ? KernelCode.of(inPlace()) : calling(loop -> loop);
  }

  // float max = maximum(from, width);
  // exponentials(from, to, max, width);
  // float sum = FloatChains.sum(to, width);
  // divide(to, sum, width);
  /** The statements in a method of the family, with a call for each loop. */
  KernelCode<CodeBlock> inKernel() {
    return calling(SimdLoops.Loop::called);
  }

  /** The statements, with each loop inline. */
  private CodeBlock inPlace() {
    return print(group -> MapLoop.print(loop(group), names(), arrays, width));
  }

  private KernelCode<CodeBlock> calling(Function<SimdLoops.Loop, Helper> called) {
    List<Helper> calls = program.groups().stream()
        .flatMap(group -> helper(group).map(called).stream())
        .toList();
    return new KernelCode<>(
        calls,
        helpers ->
            print(group -> call(group, helpers.name(called.apply(helper(group).orElseThrow())))));
  }

  private static boolean isLoop(List<RowStep> group) {
    return group.get(0).isPerValue();
  }

  private VectorLoop loop(List<RowStep> group) {
    return new VectorLoop(Scalar.FLOAT, new RowProgram(group), program.maxima());
  }

  /** The helper that computes steps as vector code; none for a step that computes a number in plain Java. */
  private Optional<SimdLoops.Loop> helper(List<RowStep> group) {
    if (isLoop(group)) {
      return Optional.of(new MapLoop(loop(group)));
    }
    return maximum(group).map(max -> new SimdMaximum());
  }

  private static Optional<RowStep.Reduce> maximum(List<RowStep> group) {
    return Stream.of(group.get(0))
        .filter(RowStep.Reduce.class::isInstance)
        .map(RowStep.Reduce.class::cast)
        .filter(reduce -> reduce.order() == RowStep.Order.MAXIMUM)
        .findFirst();
  }

  // float max = maximum(from, width);
  //
  // exponentials(from, to, max, width);
  private CodeBlock call(List<RowStep> group, String name) {
    return maximum(group)
        .map(max -> CodeBlock.builder()
            .addStatement(
                "float $L = $L($L, $L)", max.name(), name, arrays.get((Variable) max.of()), width)
            .build())
        .orElseGet(() -> CodeBlock.builder()
            .addStatement("$L($L)", name, MapLoop.arguments(loop(group), arrays, width))
            .build());
  }

  /** The names of the uniforms in a method that holds the whole program. */
  private Stream<String> names() {
    return Stream.concat(
        program.arguments().stream().map(Uniform::name),
        program.steps().stream().flatMap(step -> step.result().stream()));
  }

  private CodeBlock print(Function<List<RowStep>, CodeBlock> printer) {
    RowPrinter scalar = new RowPrinter(Scalar.FLOAT, arrays, width);
    return program.groups().stream()
        .map(group ->
            helper(group).isPresent() ? printer.apply(group) : group.get(0).match(scalar))
        .collect(CodeBlock.joining(""));
  }
}
