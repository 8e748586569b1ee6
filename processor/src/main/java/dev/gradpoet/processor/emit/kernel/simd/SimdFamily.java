package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.family.FamilyKernel;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.KernelCode;
import dev.gradpoet.processor.emit.kernel.family.KernelFamily;
import dev.gradpoet.processor.emit.kernel.layer.LayerKernels;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdCode;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.vector.Polynomial;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** The kernels with the Vector API, for vectors of 128 to 512 bits: products in tiles, functions on whole vectors. */
public final class SimdFamily implements KernelFamily {

  @Override
  public String className() {
    return "SimdKernels";
  }

  /** All tiles except those of four vectors read it. */
  @Override
  public boolean readsZeros(Primitives primitives) {
    return !primitives.allProducts().isEmpty();
  }

  @Override
  public boolean needsRowScratch(LinearKernels.Linear kernel) {
    return kernel.isInLanes();
  }

  @Override
  public TypeSpec kernels(
      Plan plan, Signatures signatures, LayerKernels layers, List<FamilyKernel> kernels) {
    Scalar scalar = signatures.scalar();
    SimdPrinter printer = new SimdPrinter(plan, signatures, layers);
    List<KernelCode<SimdCode>> codes =
        kernels.stream().map(kernel -> kernel.match(printer)).toList();
    Helpers helpers = new Helpers(
        signatures.names().ofFamily(), codes.stream().flatMap(code -> code.calls().stream()));
    SimdCode code =
        SimdCode.join(codes.stream().map(each -> each.print(helpers)).toList());
    SimdCode updates = SimdUpdates.code(scalar);
    List<MethodSpec> calls = helpers.methods("");
    Set<String> called = calls.stream().map(MethodSpec::name).collect(Collectors.toSet());
    Stream<MethodSpec> loops = Stream.concat(
        Stream.of(code.loops(), updates.loops()).flatMap(List::stream),
        helpers.methods(SimdLoops.NAME).stream()
            .map(loop -> called.contains(loop.name()) ? SimdLoops.withoutJavadoc(loop) : loop));
    TypeSpec.Builder type = head(signatures, layers);
    if (printer.isWide()) {
      type.addField(wide());
    }
    if (scalar == Scalar.FLOAT) {
      Polynomial.of(kernels.stream().flatMap(FamilyKernel::programs))
          .forEach(polynomial -> type.addField(polynomial.field()));
    }
    return type.addMethods(code.methods())
        .addMethods(calls)
        .addType(SimdUpdates.type(scalar, updates))
        .addType(SimdLoops.type(loops))
        .build();
  }

  // private static final VectorSpecies<Float> S =
  //     FloatVector.SPECIES_PREFERRED.length() > FloatVector.SPECIES_512.length()
  //         ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
  // private static final int L = S.length();
  private TypeSpec.Builder head(Signatures signatures, LayerKernels layers) {
    Scalar scalar = signatures.scalar();
    Vectors vectors = new Vectors(scalar);
    return signatures
        .choice()
        .family(className(), signatures.names(), layers.common())
        .addJavadoc(
            "The kernels with vectors. They compute the same bits as those in plain Java: every sum has the same order, since vectors run over"
                + "\nother dimensions, and functions take the same steps. A weight is stored in panels of 64 columns, each row by row, so that tiles read a"
                + "\npanel sequentially; a weight of few rows is a single panel. The padding of rows may hold anything: it is read only to compute padding.\n")
        .addField(constant(vectors.species(), "S")
            .addJavadoc(
                "The width of the machine's vectors, up to 512 bits, to which rows are padded.\n")
            .initializer(
                "$1T.SPECIES_PREFERRED.length() > $1T.SPECIES_512.length()\n        ? $1T.SPECIES_512 : $1T.SPECIES_PREFERRED",
                vectors.type())
            .build())
        .addField(constant(TypeName.INT, "L")
            .addJavadoc("The number of values in a vector.\n")
            .initializer("S.length()")
            .build());
  }

  // private static final boolean WIDE = S.vectorBitSize() == 512;
  private static FieldSpec wide() {
    return constant(TypeName.BOOLEAN, SimdLoops.WIDE)
        .addJavadoc(
            "Whether there are 32 vector registers, as on machines with vectors of 512 bits.\n")
        .initializer("S.vectorBitSize() == 512")
        .build();
  }

  private static FieldSpec.Builder constant(TypeName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }
}
