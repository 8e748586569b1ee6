package dev.gradpoet.processor.emit.kernel.plain;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.family.FamilyKernel;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.KernelCode;
import dev.gradpoet.processor.emit.kernel.family.KernelFamily;
import dev.gradpoet.processor.emit.kernel.layer.LayerKernels;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.PlainTiling;
import java.util.List;

/** The kernels in plain Java, in the form that HotSpot's C2 compiles best: loops over a row, which it vectorizes. */
public final class PlainFamily implements KernelFamily {

  @Override
  public String className() {
    return "PlainKernels";
  }

  @Override
  public boolean readsZeros(Primitives primitives) {
    return primitives.allProducts().stream()
        .anyMatch(order -> PlainTiling.isInVariables(order.outer()));
  }

  @Override
  public boolean needsRowScratch(LinearKernels.Linear kernel) {
    return kernel.isInLanes()
        || kernel.order().chains() > 1
            && !PlainTiling.isInVariables(kernel.order().outer());
  }

  @Override
  public TypeSpec kernels(
      Plan plan, Signatures signatures, LayerKernels layers, List<FamilyKernel> kernels) {
    PlainPrinter printer = new PlainPrinter(plan, signatures, layers);
    List<KernelCode<List<MethodSpec>>> codes =
        kernels.stream().map(kernel -> kernel.match(printer)).toList();
    Helpers helpers = new Helpers(
        signatures.names().ofFamily(), codes.stream().flatMap(code -> code.calls().stream()));
    TypeSpec.Builder type = signatures
        .choice()
        .family(className(), signatures.names(), layers.common())
        .addJavadoc(
            "The kernels in plain Java. Every sum has the same order on every machine, so that the same inputs give the same bits.\n$L",
            signatures.choice().hasTwoFamilies() ? "" : KernelChoice.READING);
    codes.forEach(code -> type.addMethods(code.print(helpers)));
    return type.addMethods(helpers.methods("")).build();
  }
}
