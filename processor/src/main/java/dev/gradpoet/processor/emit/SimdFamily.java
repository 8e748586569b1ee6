package dev.gradpoet.processor.emit;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Plan;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Kernels in the Vector API, for any width from 128 to 512 bits: products in tiles, functions on whole vectors. */
final class SimdFamily implements KernelFamily {

  /** The first JDK on which vectors of two widths were seen to stay in registers; 17 is one on which they do not. */
  private static final int KNOWS_WIDTHS = 25;

  @Override
  public String className() {
    return "SimdKernels";
  }

  @Override
  public TypeSpec kernels(Plan plan, Signatures signatures) {
    Scalar scalar = signatures.scalar();
    Names names = signatures.names();
    MethodSet shared = new MethodSet(names);
    SimdProducts products = new SimdProducts(scalar, shared);
    SimdProducts productsOnto = SimdProducts.onto(scalar, shared);
    SimdGradients gradients = new SimdGradients(scalar, shared);
    SimdDot dot = new SimdDot(scalar, shared);
    SimdSoftmax softmax = new SimdSoftmax(shared);
    // float64 functions are fdlibm's, which are no vector code
    RowFunctions functions = scalar == Scalar.FLOAT
        ? new SimdFunctions(shared, softmax)
        : new PlainFunctions(scalar, shared);
    PlainProducts plain = new PlainProducts(scalar, shared);
    SimdForward forward =
        new SimdForward(signatures, products, dot, new PlainForward(signatures, plain, functions));
    SimdBackward backward = new SimdBackward(
        signatures,
        products,
        productsOnto,
        gradients,
        dot,
        new PlainBackward(plan, signatures, plain, functions));
    TypeSpec.Builder type = head(signatures);
    if (plan.forward().stream().anyMatch(kernel -> isOfFour(scalar, kernel))) {
      type.addField(ofFour());
    }
    signatures.addRow(type);
    plan.forward().stream().distinct().map(forward::methods).forEach(type::addMethods);
    RowSoftmax rowSoftmax = scalar == Scalar.FLOAT
        ? new SimdRowSoftmax(softmax, plan.spec().outputs())
        : new PlainRowSoftmax(scalar, plan.spec().outputs());
    type.addMethods(SoftmaxKernels.kernels(plan, signatures, rowSoftmax));
    type.addMethods(KernelFamily.wayBack(plan, backward)).addMethod(SimdSgd.method(signatures));
    Stream.of(products, productsOnto, gradients).map(SimdTiles::methods).forEach(type::addMethods);
    type.addMethods(shared.methods()).addFields(shared.fields());
    type.addField(KernelFamily.zeros(plan, scalar));
    return type.build();
  }

  // private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  // private static final int L = S.length();
  private TypeSpec.Builder head(Signatures signatures) {
    Scalar scalar = signatures.scalar();
    Vectors vectors = new Vectors(scalar);
    return signatures
        .choice()
        .family(this, signatures.names())
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
            .build())
        .addField(constant(TypeName.BOOLEAN, SimdTiles.WIDE)
            .addJavadoc(
                "Whether there are 32 registers, which the vectors of 512 bits come with.\n")
            .initializer("S.vectorBitSize() == 512")
            .build());
  }

  private static boolean isOfFour(Scalar scalar, Kernel kernel) {
    return kernel instanceof Kernel.Product product && SimdRow.isOfFour(scalar, product);
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
