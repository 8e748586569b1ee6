package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.finalField;
import static dev.gradpoet.processor.emit.code.CommonCode.storage;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.CommonCode;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Prints the nested class {@code Row}, which holds the arrays for a single row, and the statements that compute a single row. */
public final class RowEmitter {

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final String kernels;

  /**
   * Creates an emitter.
   *
   * @param kernels the expression on which the kernel {@code row} is called
   */
  public RowEmitter(Plan plan, Names names, Scalar scalar, String kernels) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.kernels = kernels;
  }

  // private static final class Row {
  //   final float[][] hiddenWeight;
  //   final float[] hiddenBias;
  //   final float[] hidden;
  //   ...
  //   Row(Parameters p, Values v) {
  //     hiddenWeight = p.hiddenWeight.rows;
  //     ...
  //   }
  // }
  /**
   * The class.
   *
   * @param scratch whether a kernel needs scratch for partial sums
   */
  public TypeSpec row(boolean scratch) {
    TypeSpec.Builder row = storage("Row")
        .addJavadoc(
            "The arrays that a single row needs, collected because looking them up one by one would take longer than a small network.\n");
    List<CodeBlock> statements = new ArrayList<>();
    List<FieldSpec> fields = new ArrayList<>();
    for (Parameter parameter : plan.parameters()) {
      String field = names.field(parameter);
      if (parameter.isMatrix()) {
        add(fields, statements, scalar.rows(), field, "p." + field + ".rows");
      } else {
        add(fields, statements, scalar.array(), field, "p." + field + ".values");
      }
    }
    plan.statistics().stream()
        .filter(Statistic::isVector)
        .map(names::field)
        .forEach(field -> add(fields, statements, scalar.array(), field, "p." + field + ".values"));
    Set<Buffer> used = plan.inferenceValues();
    for (Buffer buffer : plan.values()) {
      if (used.contains(buffer)
          && (!plan.isGiven(buffer) || plan.inputs().contains(buffer) && copiesInput())) {
        String field = names.field(buffer);
        TypeName type = buffer.holdsIndices() ? CommonCode.INDICES : scalar.array();
        add(fields, statements, type, field, "v." + field + "[0]");
      }
    }
    if (scratch) {
      add(fields, statements, scalar.array(), "partial", "v.partial");
    }
    boolean split = Sequence.isSplit(statements.size());
    fields.forEach(field -> row.addField(split ? field : finalField(field)));
    Sequence.add(
        row,
        MethodSpec.constructorBuilder()
            .addParameter(names.nested("Parameters"), "p")
            .addParameter(names.nested("Values"), "v"),
        statements);
    return row.build();
  }

  private static void add(
      List<FieldSpec> fields,
      List<CodeBlock> statements,
      TypeName type,
      String name,
      String value) {
    fields.add(FieldSpec.builder(type, name).build());
    statements.add(CodeBlock.of("$L = $L", name, value));
  }

  /** Whether the input is copied because a kernel may read beyond its last value; otherwise the caller's array is read. */
  private boolean copiesInput() {
    return plan.inference().stream()
        .anyMatch(
            kernel -> kernel.readsPadding() && kernel.reads().stream().anyMatch(plan::isGiven));
  }

  // KERNELS.row(row, x);
  //
  // System.arraycopy(x, 0, row.input, 0, INPUTS);
  // KERNELS.row(row, row.input);
  /** The statements that compute the row {@code x} of the only input; the result is in {@link #output}. */
  public CodeBlock compute() {
    String input = "row." + names.field(plan.inputs().get(0));
    return copiesInput()
        ? CodeBlock.builder()
            .addStatement("$T.arraycopy(x, 0, $L, 0, INPUTS)", System.class, input)
            .addStatement("$L.row(row, $L)", kernels, input)
            .build()
        : CodeBlock.builder().addStatement("$L.row(row, x)", kernels).build();
  }

  /** The array with the output of a row. */
  public String output() {
    return "row." + names.field(plan.output());
  }
}
