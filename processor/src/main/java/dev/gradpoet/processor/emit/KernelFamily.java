package dev.gradpoet.processor.emit;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Padding;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * A way of writing the kernels of a plan. Every family writes a nested class with the same kernels, which compute the same bits,
 * because the plan fixes the order of every sum; families differ in what they tile and unroll.
 */
interface KernelFamily {

  /** The simple name of the nested class. */
  String className();

  /** The nested class: a method for each kernel of the plan, with the signatures given. */
  TypeSpec kernels(Plan plan, Signatures signatures);

  /** The methods of the way back, of which some serve several kernels. */
  static List<MethodSpec> wayBack(Plan plan, Kernel.Cases<MethodSpec> kernels) {
    return Stream.of(plan.backward(), plan.inputGradient())
        .flatMap(List::stream)
        .map(kernel -> kernel.match(kernels))
        .distinct()
        .toList();
  }

  /** What sums without a bias start from. */
  static FieldSpec zeros(Plan plan, Scalar scalar) {
    int widest = plan.values().stream().mapToInt(Buffer::width).max().orElse(0);
    return FieldSpec.builder(
            scalar.array(), PlainForward.ZEROS, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("What sums without a bias start from; never written.\n")
        .initializer("new $T[$L]", scalar.type(), Padding.padded(widest))
        .build();
  }
}
