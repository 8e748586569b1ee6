package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.MapConstants;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.ScalarFunctions;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.Requirement;
import dev.gradpoet.processor.plan.tiling.Padding;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** The kernels of layers, which are the same in all families, and the primitives that they call. */
public final class LayerKernels {

  private final Primitives primitives;
  private final RowKernels row;
  private final TypeSpec common;
  private final boolean readZeros;
  private final FieldSpec zeros;

  public LayerKernels(Plan plan, Signatures signatures) {
    Scalar scalar = signatures.scalar();
    this.primitives = new Primitives(plan, signatures.names(), scalar, signatures.choice());
    this.row = new RowKernels(plan, signatures, primitives);
    this.readZeros = plan.requirements().contains(new Requirement.Start(true));
    this.zeros = zeros(plan, scalar);
    MapConstants constants = new MapConstants(plan);
    LayerEmitters emitters = LayerEmitters.of(plan, signatures, primitives, constants);
    TypeSpec.Builder type = KernelChoice.common()
        .addFields(constants.fields())
        .addMethods(ForwardKernels.methods(plan, emitters))
        .addMethods(BackwardKernels.methods(plan, emitters));
    primitives
        .functions()
        .shared()
        .forEach(function -> type.addMethod(ScalarFunctions.method(
            signatures.choice().ofAll(primitives.functions().head(function)), function, scalar)));
    type.addMethods(primitives.programs().shared());
    this.common = type.build();
  }

  /** The primitives that a family must implement. */
  public Primitives primitives() {
    return primitives;
  }

  /** The forward pass of a single row, which each family prints. */
  public RowKernels row() {
    return row;
  }

  /** The class of the methods that are the same in all families. */
  public TypeSpec common() {
    return common;
  }

  /** Whether these kernels read {@link #zeros}. */
  public boolean readZeros() {
    return readZeros;
  }

  /** The field {@link Primitives#ZEROS}. */
  public FieldSpec zeros() {
    return zeros;
  }

  private static FieldSpec zeros(Plan plan, Scalar scalar) {
    int widest = IntStream.concat(
            plan.values().stream().mapToInt(Buffer::width),
            plan.convolutionGradients().stream()
                .mapToInt(kernel -> kernel.what().taps()))
        .max()
        .orElse(0);
    return FieldSpec.builder(scalar.array(), Primitives.ZEROS, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("The row from which sums without a bias start; never written.\n")
        .initializer("new $T[$L]", scalar.type(), Padding.padded(widest))
        .build();
  }
}
