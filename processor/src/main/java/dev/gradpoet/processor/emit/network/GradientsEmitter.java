package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.field;
import static dev.gradpoet.processor.emit.code.CommonCode.storage;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.Padding;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Prints the nested class {@code Gradients}: the gradients of the values of a batch. */
public final class GradientsEmitter {

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final KernelChoice choice;
  private final Allocation allocation;

  public GradientsEmitter(Plan plan, Names names, Scalar scalar, KernelChoice choice) {
    this.plan = plan;
    this.names = names;
    this.scalar = scalar;
    this.choice = choice;
    this.allocation = new Allocation(plan, scalar);
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
    Set<Buffer> onDemand = plan.gradientsOnDemand();
    List<Buffer> always =
        plan.gradients().stream().filter(b -> !onDemand.contains(b)).toList();
    List<Parameter> copies = Plan.transposed(plan.backward());
    boolean split = Sequence.isSplit(always.size() + copies.size());
    List<CodeBlock> owners = new ArrayList<>();
    List<CodeBlock> sharers = new ArrayList<>();
    for (Buffer buffer : always) {
      type.addField(field(scalar.rows(), names.field(buffer), split));
      Buffer owner = plan.sharedGradients().get(buffer);
      if (owner == null) {
        owners.add(CodeBlock.of("$L = $L", names.field(buffer), allocation.of(buffer)));
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
    for (Parameter copy : Plan.transposed(plan.inputGradient())) {
      type.addField(field(scalar.rows(), transposed(copy), true));
      statements.add(CodeBlock.of("$L = $L", transposed(copy), allocateTransposed(copy)));
    }
    for (Buffer buffer : plan.gradients()) {
      if (onDemand.contains(buffer)) {
        type.addField(field(scalar.rows(), names.field(buffer), true));
        statements.add(CodeBlock.of("$L = $L", names.field(buffer), allocation.of(buffer)));
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

  private String transposed(Parameter weight) {
    return names.transposed(weight.layer());
  }

  // SIMD ? rows.floatPanels("logits", 10, 32, 64) : rows.floatMatrix(10, 32)
  /** The rows of a transposed copy; in panels for vector kernels. */
  private CodeBlock allocateTransposed(Parameter weight) {
    int height = weight.width();
    int width = weight.height();
    int padded = Padding.padded(width);
    CodeBlock matrix = allocation.matrix(height, padded);
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
}
