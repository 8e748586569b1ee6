package dev.gradpoet.processor.emit.kernel.plain;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.KernelFamily;
import dev.gradpoet.processor.emit.kernel.KernelNames;
import dev.gradpoet.processor.emit.kernel.LayerKernels;
import dev.gradpoet.processor.emit.kernel.MethodSet;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.ProgramPrinter;
import dev.gradpoet.processor.emit.kernel.ScalarFunctions;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.SoftmaxKernels;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** Kernels in plain Java, in the form that HotSpot's C2 compiles best: loops over a row, which it turns into vectors. */
public final class PlainFamily implements KernelFamily {

  @Override
  public String className() {
    return "PlainKernels";
  }

  @Override
  public TypeSpec kernels(Plan plan, Signatures signatures, LayerKernels layers) {
    Scalar scalar = signatures.scalar();
    Primitives primitives = layers.primitives();
    MethodSet shared = new MethodSet(signatures.names());
    PlainProducts products = new PlainProducts(scalar, shared, primitives);
    PlainGradients gradients = new PlainGradients(scalar, products, plan.matrices());
    PlainBackward backward = new PlainBackward(signatures);
    ScalarFunctions functions = new ScalarFunctions(scalar, primitives);
    TypeSpec.Builder type = signatures
        .choice()
        .family(className(), signatures.names(), layers.common())
        .addJavadoc(
            "The kernels in plain Java. $LEvery sum has one order, whatever the"
                + "\nmachine, so that the same inputs give the same bits.\n",
            signatures.choice().isMade() ? "" : KernelChoice.READING);
    layers.row().add(type, kernel -> productOfRow(kernel, products, signatures, layers));
    if (!primitives.allProducts().isEmpty()) {
      type.addMethod(products.method());
    }
    if (primitives.hasDotProducts()) {
      type.addMethod(PlainDot.method(scalar, primitives.dotProductsMethod()));
    }
    primitives.functions().stream().map(functions::method).forEach(type::addMethod);
    primitives.methodsOfRows().forEach(type::addMethod);
    ProgramPrinter printer = ProgramPrinter.plain(scalar);
    type.addMethods(primitives.programs().ofFamily(printer));
    type.addMethods(SoftmaxKernels.kernels(plan, signatures, printer));
    KernelFamily.any(plan, BackwardKernel.Transpose.class)
        .map(backward::transpose)
        .ifPresent(type::addMethod);
    KernelFamily.any(plan, BackwardKernel.WeightGradient.class)
        .map(kernel -> signatures.methodOfFamily(kernel, KernelNames.DOC_OF_WEIGHT_GRADIENT))
        .map(gradients::gradient)
        .ifPresent(type::addMethod);
    KernelFamily.any(plan, BackwardKernel.BiasGradient.class)
        .map(backward::biasGradient)
        .ifPresent(type::addMethod);
    KernelFamily.any(plan, BackwardKernel.ScaleGradient.class)
        .map(backward::scaleGradient)
        .ifPresent(type::addMethod);
    return type.addMethods(shared.methods()).build();
  }

  private static List<CodeBlock> productOfRow(
      ForwardKernel.Linear kernel,
      PlainProducts products,
      Signatures signatures,
      LayerKernels layers) {
    CodeBlock product = products.ofRow(kernel.order(), signatures.of(kernel).rowArguments());
    return Stream.concat(Stream.of(product), layers.row().activationOfRow(kernel).stream())
        .toList();
  }
}
