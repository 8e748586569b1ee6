package dev.gradpoet.processor.emit;

import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.plan.Plan;

/** Kernels in plain Java, in the form that HotSpot's C2 compiles best: loops over a row, which it turns into vectors. */
final class PlainFamily implements KernelFamily {

  @Override
  public String className() {
    return "PlainKernels";
  }

  @Override
  public TypeSpec kernels(Plan plan, Signatures signatures) {
    MethodSet shared = new MethodSet(signatures.names());
    PlainProducts products = new PlainProducts(signatures.scalar(), shared);
    RowFunctions functions = new PlainFunctions(signatures.scalar(), shared);
    PlainForward forward = new PlainForward(signatures, products, functions);
    PlainBackward backward = new PlainBackward(plan, signatures, products, functions);
    TypeSpec.Builder type = signatures
        .choice()
        .family(this, signatures.names())
        .addJavadoc(
            "The kernels in plain Java. $LEvery sum has one order, whatever the"
                + "\nmachine, so that the same inputs give the same bits.\n",
            signatures.choice().isMade() ? "" : KernelChoice.READING);
    signatures.addRow(type);
    plan.forward().stream().distinct().map(forward::methods).forEach(type::addMethods);
    type.addMethods(SoftmaxKernels.kernels(
        plan, signatures, new PlainRowSoftmax(signatures.scalar(), plan.spec().outputs())));
    type.addMethods(KernelFamily.wayBack(plan, backward)).addMethod(PlainSgd.method(signatures));
    type.addMethods(shared.methods()).addField(KernelFamily.zeros(plan, signatures.scalar()));
    return type.build();
  }
}
