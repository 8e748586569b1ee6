package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.field;
import static dev.gradpoet.processor.emit.code.CommonCode.storage;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.CommonCode;
import dev.gradpoet.processor.emit.code.Inputs;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.graph.Input;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Prints the nested class {@code Values}: the values of a batch. */
public final class ValuesEmitter {

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final Allocation allocation;
  private final StorageSizes sizes;

  public ValuesEmitter(Plan plan, Names names, Scalar scalar, KernelChoice choice) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.allocation = new Allocation(plan, scalar);
    this.sizes = new StorageSizes(plan, scalar, choice);
  }

  // private static final class Values {
  //   final float[][] input;
  //   final float[][] hidden;
  //
  //   final Row row;
  //
  //   Values(Parameters p, BatchRows rows, boolean keep) {
  //     input = rows.floats(64);
  //     hidden = rows.floats(32);
  //     second = keep ? rows.floats(32) : hidden;
  //     row = rows.isPart() ? null : new Row(p, this);
  //   }
  // }
  public TypeSpec values() {
    TypeSpec.Builder type = storage("Values")
        .addJavadoc(
            "The output of each layer for a batch, one row per sample or several, padded to a multiple of 16 values.$L\n",
            plan.convolutions().isEmpty()
                ? ""
                : "\n<p>A field whose name contains {@code Map} is a feature map: the channels of each position side by side or, where its kernel computes planes, a plane for each channel"
                    + "\nand 32 values between planes. What a norm keeps of a map has the layout of that map; a copy with padding has the same order of channels and positions,"
                    + "\nwithout values between planes. All others are in row-major order. After a map there is room for vectors that begin in its last values.");
    List<CodeBlock> statements = new ArrayList<>();
    boolean split = Sequence.isSplit(plan.values().size() + 3);
    Set<Buffer> used = plan.inferenceValues();
    for (Buffer buffer : plan.values()) {
      Buffer owner = plan.sharedValues().get(buffer);
      CodeBlock rows = allocation.of(buffer);
      String otherwise = !used.contains(buffer) ? "null" : owner == null ? "" : names.field(owner);
      statements.add(
          otherwise.isEmpty()
              ? CodeBlock.of("$L = $L", names.field(buffer), rows)
              : CodeBlock.of("$L = keep ? $L : $L", names.field(buffer), rows, otherwise));
      TypeName rowsOf = buffer.holdsIndices() ? CommonCode.ROWS_OF_INDICES : scalar.rows();
      type.addField(field(rowsOf, names.field(buffer), split));
    }
    int norms = plan.batchNorms().size();
    if (norms > 0) {
      type.addField(field(ArrayTypeName.of(TypeName.BOOLEAN), Names.FROZEN, split));
      statements.add(CodeBlock.of("$L = rows.flags($L)", Names.FROZEN, norms));
    }
    sizes.partialWidth().ifPresent(width -> {
      type.addField(field(scalar.array(), "partial", split));
      statements.add(CodeBlock.of("partial = new $T[$L]", scalar.type(), width));
    });
    if (plan.hasRowPass()) {
      type.addField(field(names.nested("Row"), "row", split));
      statements.add(CodeBlock.of("row = rows.isPart() ? null : new Row(p, this)"));
    }
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
        .addParameter(names.nested("Parameters"), "p")
        .addParameter(RuntimeTypes.BATCH_ROWS, "rows");
    if (keeps()) {
      constructor.addParameter(TypeName.BOOLEAN, "keep");
      constructor.addJavadoc(
          "@param keep whether all values are kept for the backward pass; if not, a layer reuses the rows of values that are no longer needed\n");
    }
    Sequence.add(type, constructor, statements);
    if (!plan.network().hasOneDenseInput()) {
      type.addMethod(read());
    }
    return type.build();
  }

  // void read(Object[] x, int from, int n) {
  //   Rows.read((float[]) x[0], from, n, NUMBERS_INPUTS, numbers);
  //   Rows.read((int[]) x[1], from, n, CATEGORIES_INPUTS, categories);
  // }
  private MethodSpec read() {
    Inputs inputs = new Inputs(plan.network(), scalar);
    MethodSpec.Builder method = MethodSpec.methodBuilder("read")
        .addJavadoc(
            "Copies n rows of the inputs, from row {@code from} on, from an array for each input.\n")
        .addParameter(ArrayTypeName.of(Object.class), "x")
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.INT, "n");
    for (int i = 0; i < plan.inputs().size(); i++) {
      Input input = plan.network().inputs().get(i);
      method.addStatement(
          "$T.read(($T) x[$L], from, n, $L, $L)",
          RuntimeTypes.ROWS,
          input.isDense() ? scalar.array() : CommonCode.INDICES,
          i,
          inputs.constant(input),
          names.field(plan.inputs().get(i)));
    }
    return method.build();
  }

  /** Whether {@code Values} has different buffers in training and in inference, so that its constructor has the parameter {@code keep}. */
  public boolean keeps() {
    return !plan.sharedValues().isEmpty() || plan.hasTwoPasses();
  }

  /** {@code new Values(p, rows, false)}. */
  public CodeBlock newValues(String parameters, CodeBlock rows, boolean keep) {
    return keeps()
        ? CodeBlock.of("new Values($L, $L, $L)", parameters, rows, keep)
        : CodeBlock.of("new Values($L, $L)", parameters, rows);
  }
}
