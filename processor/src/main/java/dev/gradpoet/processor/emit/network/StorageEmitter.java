package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.field;
import static dev.gradpoet.processor.emit.code.CommonCode.storage;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
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
import dev.gradpoet.processor.emit.kernel.RowFunction;
import dev.gradpoet.processor.graph.Input;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.Padding;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Prints the nested classes {@code Values} and {@code Gradients}: the values of a batch and their gradients. */
public final class StorageEmitter {

  /** The bytes of an array besides its values: its header and a reference to it. */
  private static final int ARRAY_BYTES = 20;

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final KernelChoice choice;

  public StorageEmitter(Plan plan, Names names, Scalar scalar, KernelChoice choice) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.choice = choice;
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
      CodeBlock rows = allocate(buffer);
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
    partialWidth().ifPresent(width -> {
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

  // private static final class Gradients {
  //   final float[][] hidden;
  //   final float[][] logits;
  //   final float[][] logitsTransposed;
  //   float[][] input;
  //
  //   Gradients(BatchRows rows) { ... }
  //   void forInput(BatchRows rows) { ... }       what only inputGradient needs
  // }
  public TypeSpec gradients() {
    TypeSpec.Builder type = storage("Gradients")
        .addJavadoc(
            "The gradient of each layer's output, one row per sample or several, and transposed copies of weights. A gradient reuses the rows"
                + "\nof another that is no longer needed.\n");
    Set<Buffer> onDemand = onDemand();
    List<Buffer> always =
        plan.gradients().stream().filter(b -> !onDemand.contains(b)).toList();
    List<Parameter> copies = copies(plan.backward());
    boolean split = Sequence.isSplit(always.size() + copies.size());
    List<CodeBlock> owners = new ArrayList<>();
    List<CodeBlock> sharers = new ArrayList<>();
    for (Buffer buffer : always) {
      type.addField(field(scalar.rows(), names.field(buffer), split));
      Buffer owner = plan.sharedGradients().get(buffer);
      if (owner == null) {
        owners.add(CodeBlock.of("$L = $L", names.field(buffer), allocate(buffer)));
      } else {
        sharers.add(CodeBlock.of("$L = $L", names.field(buffer), names.field(owner)));
      }
    }
    for (Parameter copy : copies) {
      type.addField(field(scalar.rows(), transposed(copy), split));
      owners.add(CodeBlock.of("$L = $L", transposed(copy), allocateTransposed(copy)));
    }
    owners.addAll(sharers);
    if (!plan.convolutions().isEmpty()) {
      ClassName scratch = scalar.mapScratch();
      type.addField(field(scratch, "maps", split));
      owners.add(CodeBlock.of("maps = $L", new MapScratch(plan, scalar, choice).allocate(scratch)));
    }
    Sequence.add(
        type,
        MethodSpec.constructorBuilder().addParameter(RuntimeTypes.BATCH_ROWS, "rows"),
        owners);
    plan.gradientsOfInputs().stream()
        .findFirst()
        .ifPresent(first -> forInput(type, onDemand, first));
    return type.build();
  }

  // void forInput(BatchRows rows) {
  //   if (input != null) {
  //     return;
  //   }
  //   input = rows.floats(64);
  // }
  private void forInput(TypeSpec.Builder type, Set<Buffer> onDemand, Buffer first) {
    List<CodeBlock> statements = new ArrayList<>();
    for (Parameter copy : copies(plan.inputGradient())) {
      type.addField(field(scalar.rows(), transposed(copy), true));
      statements.add(CodeBlock.of("$L = $L", transposed(copy), allocateTransposed(copy)));
    }
    for (Buffer buffer : plan.gradients()) {
      if (onDemand.contains(buffer)) {
        type.addField(field(scalar.rows(), names.field(buffer), true));
        statements.add(CodeBlock.of("$L = $L", names.field(buffer), allocate(buffer)));
      }
    }
    Sequence.add(
        type,
        MethodSpec.methodBuilder("forInput")
            .addJavadoc(
                "Allocates what only the gradient of $L needs, when it is first requested.\n",
                plan.inputs().size() == 1 ? "the input" : "an input")
            .addParameter(RuntimeTypes.BATCH_ROWS, "rows")
            .beginControlFlow("if ($L != null)", names.field(first))
            .addStatement("return")
            .endControlFlow(),
        statements);
  }

  /** The gradients that only the gradient of the input needs. */
  private Set<Buffer> onDemand() {
    Set<Buffer> needed = new HashSet<>();
    needed.add(Plan.gradientOf(plan.output()));
    plan.backward().stream().flatMap(k -> k.writes().stream()).forEach(needed::add);
    Set<Buffer> onDemand = new HashSet<>(plan.gradients());
    onDemand.removeAll(needed);
    return onDemand;
  }

  private static List<Parameter> copies(List<BackwardKernel> kernels) {
    return Kernel.ofKind(kernels, LinearKernels.Transpose.class)
        .map(LinearKernels.Transpose::weight)
        .toList();
  }

  private String transposed(Parameter weight) {
    return names.transposed(weight.layer());
  }

  // SIMD ? rows.floatPanels("logits", 10, 32, 64) : rows.floatMatrix(10, 32)
  /** The rows of a transposed copy; in panels for vector kernels. */
  private CodeBlock allocateTransposed(Parameter weight) {
    int height = weight.width();
    int width = weight.height();
    int padded = Padding.padded(width);
    CodeBlock matrix = matrix(height, padded);
    return choice.hasTwoFamilies()
        ? CodeBlock.of(
            "SIMD ? rows.$LPanels($S, $L, $L, $L) : $L",
            scalar.type(),
            weight.layer(),
            height,
            padded,
            SimdTiling.panel(height, width),
            matrix)
        : matrix;
  }

  // rows.floatMatrix(3, 32)
  private CodeBlock matrix(int height, int width) {
    return CodeBlock.of("rows.$LMatrix($L, $L)", scalar.type(), height, width);
  }

  /** The bytes of a row of a trainer's values and gradients, without those that only the gradient of the input needs. */
  public long rowBytes() {
    Set<Buffer> lent = new HashSet<>(plan.sharedGradients().keySet());
    lent.addAll(onDemand());
    return bytesOfRow(Stream.concat(
        plan.values().stream(), plan.gradients().stream().filter(b -> !lent.contains(b))));
  }

  /** The bytes of the values, and of the gradient of the outputs, of a tile of rows, which {@code evaluate} computes at once. */
  public long tileBytes(int tile) {
    Set<Buffer> used = plan.inferenceValues();
    List<Buffer> own = plan.values().stream()
        .filter(b -> used.contains(b) && !plan.sharedValues().containsKey(b))
        .toList();
    long gradient = (long) Padding.padded(plan.outputs()) * scalar.bytes() + ARRAY_BYTES;
    return tile * (gradient + bytesOfRow(own.stream()))
        + bytesOfStatistics(own.stream())
        + partialBytes();
  }

  /** The bytes of a trainer's values and gradients that do not depend on the number of rows, with vector kernels or plain ones. */
  public long fixedBytes(boolean vectors) {
    long copies = copies(plan.backward()).stream()
        .mapToLong(
            weight -> (long) weight.width() * Padding.padded(weight.height()) * scalar.bytes())
        .sum();
    return bytesOfStatistics(plan.values().stream()) + copies + scratchBytes(vectors);
  }

  /** The bytes of scratch, of which each thread has its own. */
  public long scratchBytes(boolean vectors) {
    long maps = plan.convolutions().isEmpty()
        ? 0
        : new MapScratch(plan, scalar, choice).values(vectors) * scalar.bytes();
    return maps + partialBytes();
  }

  private long bytesOfRow(Stream<Buffer> buffers) {
    return buffers
        .filter(b -> b.height().isEmpty())
        .mapToLong(b -> b.positions() * (bytes(b) + ARRAY_BYTES))
        .sum();
  }

  /** The bytes of buffers whose rows are not those of samples. */
  private long bytesOfStatistics(Stream<Buffer> buffers) {
    return buffers
        .filter(b -> b.height().isPresent())
        .mapToLong(b -> b.height().getAsInt() * (bytes(b) + ARRAY_BYTES))
        .sum();
  }

  private long partialBytes() {
    return (long) partialWidth().orElse(0) * scalar.bytes();
  }

  private long bytes(Buffer buffer) {
    return buffer.holdsIndices()
        ? (long) buffer.width() * Integer.BYTES
        : (long) plan.stored(buffer) * scalar.bytes();
  }

  // rows.floats(64)
  // rows.floats(3, 64)
  private CodeBlock allocate(Buffer buffer) {
    if (buffer.height().isPresent()) {
      return matrix(buffer.height().getAsInt(), plan.stored(buffer));
    }
    return CodeBlock.of(
        "rows.$Ls($L$L)",
        buffer.holdsIndices() ? TypeName.INT : scalar.type(),
        buffer.positions() == 1 ? "" : buffer.positions() + ", ",
        plan.stored(buffer));
  }

  /** The width of the scratch for a row, if any kernel needs it. */
  private OptionalInt partialWidth() {
    IntStream ofDerivatives = plan.backwardKernels().stream()
        .flatMap(kernel -> kernel.derivative().stream())
        .filter(next -> new RowFunction(next.function(), true).needsScratch(scalar, choice))
        .mapToInt(next -> Padding.padded(next.kept().width()));
    IntStream ofKernels = plan.kernels().stream()
        .flatMapToInt(kernel -> kernel.scratch().stream())
        .map(Padding::padded);
    return Stream.of(widthsOfPartialSums(), ofDerivatives, ofKernels)
        .flatMapToInt(widths -> widths)
        .max();
  }

  private IntStream widthsOfPartialSums() {
    return plan.sumOrders().stream()
        .filter(order -> order.chains() > 1)
        .mapToInt(order -> Math.max(SumOrder.LANES, Padding.padded(order.outer())));
  }
}
