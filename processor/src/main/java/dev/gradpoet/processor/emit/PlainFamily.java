package dev.gradpoet.processor.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Kernels in plain Java, in the form that HotSpot's C2 compiles best: one primitive, {@code addRows}, does all multiplying. */
final class PlainFamily implements KernelFamily {

  @Override
  public String className() {
    return "PlainKernels";
  }

  @Override
  public TypeSpec kernels(Plan plan, Signatures signatures) {
    PlainHelpers helpers = new PlainHelpers(signatures.scalar(), signatures.names());
    PlainForward forward = new PlainForward(signatures, helpers);
    PlainBackward backward = new PlainBackward(signatures, helpers);
    TypeSpec.Builder type = TypeSpec.classBuilder(className())
        .addJavadoc(
            "The kernels in plain Java. Rows are {@code xs[r]}; {@code n} rows are computed. Every sum has one order, whatever the"
                + "\nmachine, so that the same inputs give the same bits.\n")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addMethod(
            MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    LossWeights.add(type, plan.spec().loss(), signatures.scalar(), signatures.names());
    plan.forward().stream().distinct().map(forward::method).forEach(type::addMethod);
    plan.loss()
        .ifPresent(loss -> new PlainLoss(plan, signatures).methods(loss).forEach(type::addMethod));
    Stream.of(plan.backward(), plan.inputGradient())
        .flatMap(List::stream)
        .distinct()
        .map((Kernel kernel) -> kernel.match(backward))
        .forEach(type::addMethod);
    type.addMethod(PlainSgd.method(signatures.scalar()));
    helpers.methods().forEach(type::addMethod);
    return type.build();
  }
}
