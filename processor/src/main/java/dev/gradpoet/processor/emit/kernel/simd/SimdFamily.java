package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Mentions;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelFamily;
import dev.gradpoet.processor.emit.kernel.KernelNames;
import dev.gradpoet.processor.emit.kernel.LayerKernels;
import dev.gradpoet.processor.emit.kernel.MethodSet;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.ProgramPrinter;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.SoftmaxKernels;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Plan;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Kernels in the Vector API, for any width from 128 to 512 bits: products in tiles, functions on whole vectors. */
public final class SimdFamily implements KernelFamily {

  /** The first JDK on which vectors of two widths were seen to stay in registers; 17 is one on which they do not. */
  private static final int KNOWS_WIDTHS = 25;

  @Override
  public String className() {
    return "SimdKernels";
  }

  @Override
  public TypeSpec kernels(Plan plan, Signatures signatures, LayerKernels layers) {
    Scalar scalar = signatures.scalar();
    Primitives primitives = layers.primitives();
    MethodSet shared = new MethodSet(signatures.names());
    SimdRowPrograms rows = new SimdRowPrograms(shared);
    SimdFunctions functions = new SimdFunctions(primitives, shared, rows);
    SimdRow row = new SimdRow(signatures, layers.row());
    SimdLoops loops = new SimdLoops();
    SimdBackward backward = new SimdBackward(signatures);
    TypeSpec.Builder type = head(signatures, layers);
    if (products(plan).anyMatch(kernel -> SimdRow.isOfFour(scalar, kernel))) {
      type.addField(ofFour());
    }
    TypeSpec.Builder ofRow = TypeSpec.classBuilder(className());
    layers.row().add(ofRow, row::statements);
    boolean oneLoop = row.isOneLoop(plan.inference());
    ofRow.build().methodSpecs().stream()
        .map(method -> oneLoop ? loops.kernel(method) : method)
        .forEach(type::addMethod);
    for (MethodSpec layer : products(plan).map(row::method).toList()) {
      if (oneLoop) {
        loops.add(layer);
      } else {
        type.addMethod(loops.kernel(layer));
      }
    }
    if (!primitives.allProducts().isEmpty()) {
      type.addMethods(SimdProducts.methods(primitives, scalar, shared, loops));
    }
    if (primitives.hasDotProducts()) {
      type.addMethod(
          loops.kernel(new SimdDot(scalar, shared, loops).method(primitives.dotProductsMethod())));
    }
    primitives.functions().stream()
        .map(function -> functions.method(function, loops))
        .forEach(type::addMethod);
    primitives.methodsOfRows().map(loops::kernel).forEach(type::addMethod);
    type.addMethods(primitives.programs().ofFamily(rows::calls));
    ProgramPrinter printer = scalar == Scalar.FLOAT ? rows::inLoops : ProgramPrinter.plain(scalar);
    // in vectors a loop over all rows, into which C2 inlines those over a row: a call for each row
    // takes as long as these
    SoftmaxKernels.kernels(plan, signatures, printer).stream()
        .map(kernel -> scalar == Scalar.FLOAT ? loops.kernel(kernel) : kernel)
        .forEach(type::addMethod);
    KernelFamily.any(plan, BackwardKernel.Transpose.class)
        .map(backward::transpose)
        .ifPresent(type::addMethod);
    KernelFamily.any(plan, BackwardKernel.WeightGradient.class)
        .map(kernel -> signatures.methodOfFamily(kernel, KernelNames.DOC_OF_WEIGHT_GRADIENT))
        .map(method -> SimdGradients.method(method, plan.matrices(), scalar, shared, loops))
        .ifPresent(type::addMethod);
    KernelFamily.any(plan, BackwardKernel.BiasGradient.class)
        .map(backward::biasGradient)
        .map(loops::kernel)
        .ifPresent(type::addMethod);
    KernelFamily.any(plan, BackwardKernel.ScaleGradient.class)
        .map(backward::scaleGradient)
        .map(loops::kernel)
        .ifPresent(type::addMethod);
    type.addType(SimdUpdates.type(scalar, loops));
    TypeSpec kernels = type.build();
    for (MethodSpec method : shared.methods()) {
      if (Mentions.of(kernels, method.name())) {
        type.addMethod(loops.kernel(method));
      } else {
        loops.add(method);
      }
    }
    type.addFields(shared.fields()).addType(loops.type());
    return Mentions.of(type.build(), SimdTiles.WIDE) ? type.addField(wide()).build() : type.build();
  }

  /** The products in blocks, of which a single row has forms of its own. */
  private static Stream<ForwardKernel.Linear> products(Plan plan) {
    return Kernel.ofKind(plan.inference(), ForwardKernel.Linear.class)
        .filter(kernel -> !kernel.isInLanes());
  }

  // private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  // private static final int L = S.length();
  private TypeSpec.Builder head(Signatures signatures, LayerKernels layers) {
    Scalar scalar = signatures.scalar();
    Vectors vectors = new Vectors(scalar);
    return signatures
        .choice()
        .family(className(), signatures.names(), layers.common())
        .addJavadoc(
            "The kernels in vectors, of the same bits as those in plain Java: every sum has the same order, since vectors run over other"
                + "\ndimensions, and functions take the same steps. A weight lies in panels of 64 columns, the rows of each one after the other, which"
                + "\ntiles read from the first to the last value; one of few rows is a single panel. Padding of rows may hold anything here; nothing"
                + "\nreads it but to compute padding.\n")
        .addField(constant(vectors.species(), "S")
            .addJavadoc(
                "As wide as the machine's vectors, up to 512 bits: rows are padded to that.\n")
            .initializer(
                "$1T.SPECIES_PREFERRED.length() > $1T.SPECIES_512.length()\n        ? $1T.SPECIES_512 : $1T.SPECIES_PREFERRED",
                vectors.type())
            .build())
        .addField(constant(TypeName.INT, "L")
            .addJavadoc("The values of a vector.\n")
            .initializer("S.length()")
            .build());
  }

  // private static final boolean WIDE = S.vectorBitSize() == 512;
  private static FieldSpec wide() {
    return constant(TypeName.BOOLEAN, SimdTiles.WIDE)
        .addJavadoc(
            "Whether there are 32 vector registers, as on machines with vectors of 512 bits.\n")
        .initializer("S.vectorBitSize() == 512")
        .build();
  }

  // private static final VectorSpecies<Float> S4 = Runtime.version().feature() < 25 ? S :
  // FloatVector.SPECIES_128;
  private static FieldSpec ofFour() {
    Vectors vectors = new Vectors(Scalar.FLOAT);
    return constant(vectors.species(), Vectors.OF_FOUR)
        .addJavadoc(
            "For one row of up to four outputs: 16 bytes rarely lie across two lines of a cache. C2 of older JDKs knows a vector by the class that it"
                + "\nhas mostly seen, so there a second width would make objects of both.\n")
        .initializer(
            "$T.version().feature() < $L ? S : $T.SPECIES_128",
            Runtime.class,
            KNOWS_WIDTHS,
            vectors.type())
        .build();
  }

  private static FieldSpec.Builder constant(TypeName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }
}
