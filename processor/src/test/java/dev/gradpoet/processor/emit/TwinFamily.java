package dev.gradpoet.processor.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.family.FamilyKernel;
import dev.gradpoet.processor.emit.kernel.family.KernelFamily;
import dev.gradpoet.processor.emit.kernel.layer.LayerKernels;
import dev.gradpoet.processor.emit.kernel.plain.PlainFamily;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * A second kernel family, slow and obvious: products of many rows sum by sum, chain by chain, where the plain family goes by rows of outputs. Only
 * the plan's order of summation is common to the two.
 */
final class TwinFamily implements KernelFamily {

  private static final KernelFamily PLAIN = new PlainFamily();

  @Override
  public String className() {
    return "TwinKernels";
  }

  @Override
  public boolean readsZeros(Primitives primitives) {
    return PLAIN.readsZeros(primitives);
  }

  @Override
  public boolean needsRowScratch(LinearKernels.Linear kernel) {
    return PLAIN.needsRowScratch(kernel);
  }

  @Override
  public TypeSpec kernels(
      Plan plan, Signatures signatures, LayerKernels layers, List<FamilyKernel> kernels) {
    TypeSpec plain = PLAIN.kernels(plan, signatures, layers, kernels);
    TypeSpec.Builder twin =
        TypeSpec.classBuilder(className()).addModifiers(plain.modifiers().toArray(Modifier[]::new));
    twin.addFields(plain.fieldSpecs());
    Scalar scalar = signatures.scalar();
    KernelChoice choice = signatures.choice();
    Primitives primitives = layers.primitives();
    for (MethodSpec method : plain.methodSpecs()) {
      switch (method.name()) {
        case "product" -> twin.addMethod(blocks(choice.ofFamily(primitives.productHead()), scalar));
        case "dotProducts" ->
          twin.addMethod(lanes(choice.ofFamily(primitives.dotProductsHead()), scalar));
        default -> twin.addMethod(method);
      }
    }
    return twin.build();
  }

  // for (int r = 0; r < n; r++) {
  //   for (int o = 0; o < width; o++) {
  //     float sum = 0;
  //     for (int from = 0; from < inner; from += length) {
  //       float chain = from == 0 ? start[o] : 0;
  //       for (int k = from; k < Math.min(from + length, inner); k++) {
  //         chain = Math.fma(xs[r][k], w[k][o], chain);
  //       }
  //       sum = from == 0 ? chain : sum + chain;
  //     }
  //     ys[r][o] = sum;
  //   }
  // }
  private static MethodSpec blocks(MethodSpec.Builder method, Scalar scalar) {
    return method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("$T sum = 0", scalar.type())
        .beginControlFlow("for (int from = 0; from < inner; from += length)")
        .addStatement("$T chain = from == 0 ? start[o] : 0", scalar.type())
        .beginControlFlow("for (int k = from; k < Math.min(from + length, inner); k++)")
        .addStatement("chain = Math.fma(xs[r][k], w[k][o], chain)")
        .endControlFlow()
        .addStatement("sum = from == 0 ? chain : sum + chain")
        .endControlFlow()
        .addStatement("ys[r][o] = sum")
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  // for (int o = 0; o < width; o++) {
  //   float[] chains = new float[16];
  //   chains[0] = start[o];
  //   for (int k = 0; k < inner; k++) {
  //     chains[k % 16] = Math.fma(x[k], w[o][k], chains[k % 16]);
  //   }
  //   for (int half = 8; half > 0; half /= 2) {
  //     for (int c = 0; c < half; c++) {
  //       chains[c] += chains[c + half];
  //     }
  //   }
  //   y[o] = chains[0];
  // }
  private static MethodSpec lanes(MethodSpec.Builder method, Scalar scalar) {
    return method
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("$T chains = new $T[16]", scalar.array(), scalar.type())
        .addStatement("chains[0] = start[o]")
        .beginControlFlow("for (int k = 0; k < inner; k++)")
        .addStatement("chains[k % 16] = Math.fma(x[k], w[o][k], chains[k % 16])")
        .endControlFlow()
        .beginControlFlow("for (int half = 8; half > 0; half /= 2)")
        .beginControlFlow("for (int c = 0; c < half; c++)")
        .addStatement("chains[c] += chains[c + half]")
        .endControlFlow()
        .endControlFlow()
        .addStatement("y[o] = chains[0]")
        .endControlFlow()
        .build();
  }
}
