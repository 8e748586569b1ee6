package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.CommonCode;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.Passed;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Derivative;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the parameters of kernels and their arguments. */
final class SignatureParts {

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final KernelChoice choice;

  SignatureParts(Plan plan, Names names, Scalar scalar, KernelChoice choice) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.choice = choice;
  }

  /** {@code float[][]}. */
  TypeName matrix() {
    return scalar.rows();
  }

  /** {@code float[]}. */
  TypeName vector() {
    return scalar.array();
  }

  /** {@code n}, the number of rows in the buffer, and what is given. */
  List<Passed> start(Buffer buffer, Passed... first) {
    return start(buffer.positions(), first);
  }

  /** {@code n}, so many rows a sample, and what is given. */
  List<Passed> start(int positions, Passed... first) {
    List<Passed> passed = new ArrayList<>();
    CodeBlock rows = positions == 1 ? CodeBlock.of("n") : CodeBlock.of("n * $L", positions);
    passed.add(new Passed(TypeName.INT, "n", rows));
    passed.addAll(List.of(first));
    return passed;
  }

  /** {@code xs}. */
  Passed rows(String name, Buffer buffer) {
    return rows(name, "", buffer);
  }

  /** {@code part, total} and what is given: of a kernel that sums over all rows of the batch. */
  List<Passed> startOfAll(int positions, Passed... first) {
    List<Passed> passed = new ArrayList<>();
    passed.add(part());
    CodeBlock rows = positions == 1 ? CodeBlock.of("total") : CodeBlock.of("total * $L", positions);
    passed.add(new Passed(TypeName.INT, "n", rows));
    passed.addAll(List.of(first));
    return passed;
  }

  /** {@code part}: which part of a result a thread computes. */
  Passed part() {
    return new Passed(RuntimeTypes.PART, "part", CodeBlock.of("part"));
  }

  /** {@code total}: the number of rows of the batch. */
  Passed total() {
    return new Passed(TypeName.INT, "total", CodeBlock.of("total"));
  }

  /** The rows of the whole batch. */
  Passed rowsOfAll(String name, Buffer buffer) {
    return new Passed(
        buffer.holdsIndices() ? CommonCode.ROWS_OF_INDICES : scalar.rows(),
        name + "s",
        CodeBlock.of(buffer.role().isGradient() ? "all.g.$L" : "all.v.$L", names.field(buffer)));
  }

  /** The values of the whole batch, in a forward pass. */
  Passed valuesOfAll(String name, Buffer buffer) {
    return new Passed(scalar.rows(), name + "s", CodeBlock.of("all.$L", names.field(buffer)));
  }

  /** {@code xs0}; in the form for one row, {@code x0}. */
  Passed rows(String name, String number, Buffer buffer) {
    String field = names.field(buffer);
    if (buffer.role().isGradient()) {
      return new Passed(scalar.rows(), name + "s" + number, CodeBlock.of("g.$L", field));
    }
    CodeBlock ofRow = plan.isGiven(buffer) ? CodeBlock.of("x") : CodeBlock.of("row.$L", field);
    return new Passed(
        buffer.holdsIndices() ? CommonCode.ROWS_OF_INDICES : scalar.rows(),
        name + "s" + number,
        CodeBlock.of("v.$L", field),
        Optional.of(new Passed(
            buffer.holdsIndices() ? CommonCode.INDICES : scalar.array(), name + number, ofRow)));
  }

  /** {@code statistics}: what a batch norm keeps of a batch. */
  Passed statistics(Buffer statistics) {
    return new Passed(scalar.rows(), "statistics", CodeBlock.of("v.$L", names.field(statistics)));
  }

  /** {@code frozen}: whether a batch norm is. */
  Passed frozen(String norm) {
    return new Passed(
        TypeName.BOOLEAN,
        Names.FROZEN,
        CodeBlock.of("v.$L[$L]", Names.FROZEN, plan.indexOfBatchNorm(norm)));
  }

  /** {@code kept}: the value that a derivative reads. */
  Passed kept(Buffer kept) {
    return new Passed(scalar.rows(), "kept", CodeBlock.of("v.$L", names.field(kept)));
  }

  /** {@code w}. */
  Passed weight(Parameter weight) {
    return new Passed(scalar.rows(), "w", matrixOf("p", weight));
  }

  /** {@code w}, for many rows and for one. */
  Passed weightAndRow(Parameter weight) {
    return ofBoth(scalar.rows(), "w", matrixOf("p", weight), names.field(weight));
  }

  /** {@code b}, for many rows and for one. */
  Passed biasAndRow(Parameter bias) {
    return vectorAndRow("b", bias);
  }

  /** A vector, for many rows and for one. */
  Passed vectorAndRow(String name, Parameter vector) {
    return ofBoth(scalar.array(), name, vectorOf("p", vector), names.field(vector));
  }

  /** A buffer in PyTorch's sense, of many rows and of one. */
  Passed statisticAndRow(String name, Statistic statistic) {
    String field = names.field(statistic);
    return ofBoth(scalar.array(), name, CodeBlock.of("p.$L.values", field), field);
  }

  /** The transposed copy of a layer's weight. */
  Passed transposed(String name, String layer) {
    return new Passed(scalar.rows(), name, CodeBlock.of("g.$L", names.transposed(layer)));
  }

  /** Scratch for one row of values. */
  Passed partial() {
    return new Passed(scalar.array(), Signature.PARTIAL, CodeBlock.of("v.partial"));
  }

  /** Scratch for the gradients of a convolution. */
  Passed maps() {
    return new Passed(scalar.mapScratch(), "scratch", CodeBlock.of("g.maps"));
  }

  /** {@link #partial}, for many rows and for one. */
  Passed partialAndRow() {
    return ofBoth(scalar.array(), Signature.PARTIAL, CodeBlock.of("v.partial"), Signature.PARTIAL);
  }

  /** A parameter that the kernels for many rows and for one row have in common. */
  private static Passed ofBoth(TypeName type, String name, CodeBlock argument, String rowField) {
    Passed ofRow = new Passed(type, name, CodeBlock.of("row.$L", rowField));
    return new Passed(type, name, argument, Optional.of(ofRow));
  }

  /** Adds scratch, the factor of the gradient, and the array that it is added to. */
  void addTo(List<Passed> passed, TypeName type, CodeBlock gradient) {
    passed.add(new Passed(scalar.rows(), "scratch", CodeBlock.of("scratch")));
    addFactorAndTarget(passed, type, gradient);
  }

  /** Adds the factor of the gradient, and what it is added to. */
  void addFactorAndTarget(List<Passed> passed, TypeName type, CodeBlock gradient) {
    passed.add(new Passed(scalar.type(), "factor", CodeBlock.of("factor")));
    passed.add(new Passed(type, "d", gradient));
  }

  /** Adds the number and the width of the rows in which a matrix is stored. */
  void size(List<Passed> passed, int height, int width) {
    passed.add(new Passed(TypeName.INT, "height", CodeBlock.of("$L", height)));
    passed.add(new Passed(TypeName.INT, "width", CodeBlock.of("$L", width)));
  }

  /** Whether a derivative needs scratch besides the gradient. */
  boolean needsScratch(Derivative derivative) {
    return new RowFunction(derivative.function(), true).needsScratch(scalar, choice);
  }

  /** The signature of a kernel that is one method for all layers. */
  Signature shared(String name, List<Passed> passed) {
    return new Signature(name, "", List.copyOf(passed));
  }

  /** The signature of a kernel of one layer. */
  Signature named(String layer, String suffix, List<Passed> passed) {
    return new Signature(names.method(names.field(layer) + suffix), "", List.copyOf(passed));
  }

  /** The signature of a kernel of the forward pass, with its form for one row. */
  Signature forward(String layer, List<Passed> passed) {
    String field = names.field(layer);
    return new Signature(
        names.method(field + "Forward"), names.method(field + "Row"), List.copyOf(passed));
  }

  /** {@code to.hiddenWeight.rows}. */
  CodeBlock matrixOf(String owner, Parameter parameter) {
    return CodeBlock.of("$L.$L.rows", owner, names.field(parameter));
  }

  /** {@code to.hiddenBias.values}. */
  CodeBlock vectorOf(String owner, Parameter parameter) {
    return CodeBlock.of("$L.$L.values", owner, names.field(parameter));
  }
}
