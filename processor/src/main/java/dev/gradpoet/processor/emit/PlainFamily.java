package dev.gradpoet.processor.emit;

import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** Kernels in plain Java, in the form that HotSpot's C2 compiles best: one primitive, {@code addRows}, does all multiplying. */
final class PlainFamily implements KernelFamily {

  @Override
  public String className() {
    return "PlainKernels";
  }

  @Override
  public TypeSpec kernels(Plan plan, Signatures signatures) {
    PlainHelpers helpers = new PlainHelpers(signatures.scalar(), signatures.names());
    RowFunctions functions = new PlainFunctions(signatures.scalar(), helpers);
    PlainForward forward = new PlainForward(signatures, helpers, functions);
    PlainBackward backward = new PlainBackward(signatures, helpers, functions);
    TypeSpec.Builder type = signatures
        .choice()
        .family(this, signatures.names())
        .addJavadoc(
            "The kernels in plain Java. Rows are {@code xs[r]}; {@code n} rows are computed. Every sum has one order, whatever the"
                + "\nmachine, so that the same inputs give the same bits.\n");
    LossWeights.add(type, plan.spec().loss(), signatures.scalar(), signatures.names());
    signatures.addRow(type);
    plan.forward().stream().distinct().map(forward::methods).forEach(type::addMethods);
    plan.loss()
        .ifPresent(loss -> new PlainLoss(
                plan,
                signatures,
                new PlainRowSoftmax(signatures.scalar(), plan.spec().outputs()))
            .methods(loss)
            .forEach(type::addMethod));
    Stream.of(plan.backward(), plan.inputGradient())
        .flatMap(List::stream)
        .distinct()
        .map((Kernel kernel) -> kernel.match(backward))
        .forEach(type::addMethod);
    type.addMethod(PlainSgd.method(signatures));
    helpers.methods().forEach(type::addMethod);
    return type.build();
  }
}
