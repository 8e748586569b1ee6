package dev.gradpoet.processor.emit;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Padding;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The kernels of layers, which all families have in common, and what they ask of a family. */
final class LayerKernels {

  private final Plan plan;
  private final Scalar scalar;
  private final Primitives primitives;
  private final ForwardKernels forward;
  private final List<MethodSpec> wayForth;
  private final List<MethodSpec> wayBack;

  LayerKernels(Plan plan, Signatures signatures) {
    this.plan = plan;
    this.scalar = signatures.scalar();
    this.primitives = new Primitives(signatures.names(), scalar, signatures.choice());
    this.forward = new ForwardKernels(plan, signatures, primitives);
    this.wayForth = forward.methods();
    this.wayBack = BackwardKernels.methods(plan, signatures, primitives);
  }

  /** What a family must have. */
  Primitives primitives() {
    return primitives;
  }

  /** The way forth, of which a family prints that of a single row. */
  ForwardKernels forward() {
    return forward;
  }

  /** The class of what all families have in common. */
  TypeSpec common() {
    PlainFunctions functions = new PlainFunctions(scalar, primitives);
    TypeSpec.Builder type =
        KernelChoice.common().addField(zeros()).addMethods(wayForth).addMethods(wayBack);
    primitives.sharedFunctions().stream().map(functions::method).forEach(type::addMethod);
    return type.build();
  }

  private FieldSpec zeros() {
    int widest = plan.values().stream().mapToInt(Buffer::width).max().orElse(0);
    return FieldSpec.builder(scalar.array(), Primitives.ZEROS, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("What sums without a bias start from; never written.\n")
        .initializer("new $T[$L]", scalar.type(), Padding.padded(widest))
        .build();
  }
}
