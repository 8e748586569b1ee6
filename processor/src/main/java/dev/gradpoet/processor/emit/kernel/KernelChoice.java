package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * How a network comes to its kernels: the static methods of the only family, or the object of one of two, chosen when the class is loaded. Of two,
 * the kernels of layers are in the class that both extend.
 */
public final class KernelChoice {

  /** The class, in that of the kernels in vectors, of the updates of optimizers. */
  public static final String UPDATES = "Updates";

  private static final String KERNELS = "Kernels";

  private static final ClassName SIMD = RuntimeTypes.support("Simd");

  /** What the words on a kernel leave out. */
  public static final String READING =
      "Kernels compute the first {@code n} rows of {@code xs}. If a sum has several chains, only the first starts"
          + "\nfrom the given value, the others from zero. ";

  private final List<String> families;

  /**
   * A choice.
   *
   * @param families the names of their classes: the plain one, and perhaps that of vectors
   */
  public KernelChoice(List<String> families) {
    this.families = List.copyOf(families);
  }

  /** Whether there is more than one family. */
  public boolean isMade() {
    return families.size() > 1;
  }

  /** What stands before the call of a kernel. */
  public String owner() {
    return isMade() ? "KERNELS" : families.get(0);
  }

  /** The updates of optimizers: {@code SIMD ? new SimdKernels.Updates() : new FloatPlainUpdates()}. */
  public CodeBlock updates(Scalar scalar) {
    CodeBlock plain = CodeBlock.of("new $T()", scalar.plainUpdates());
    return isMade()
        ? CodeBlock.of("SIMD ? new $L.$L() : $L", families.get(1), UPDATES, plain)
        : plain;
  }

  /** A method that each family has in its own way. What it computes is said once: in the class that families extend, if there is one. */
  public MethodSpec.Builder ofFamily(MethodSpec head) {
    return isMade()
        ? MethodSpec.methodBuilder(head.name())
            .addAnnotation(Override.class)
            .returns(head.returnType())
            .addParameters(head.parameters())
        : ofAll(head);
  }

  /** A method that all families have in common. */
  public MethodSpec.Builder ofAll(MethodSpec head) {
    MethodSpec.Builder method = head.toBuilder();
    return isMade() ? method : method.addModifiers(Modifier.STATIC);
  }

  /**
   * The head of a family's class.
   *
   * @param className its name
   * @param common what all families have, which the only one has itself
   */
  public TypeSpec.Builder family(String className, Names names, TypeSpec common) {
    TypeSpec.Builder type = TypeSpec.classBuilder(className)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
    return isMade()
        ? type.superclass(names.nested(KERNELS))
        : type.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
            .addMethods(common.methodSpecs());
  }

  // private static final boolean SIMD = Simd.isUsable("jdk.incubator.vector", DigitsNetwork.class);
  //
  // private static final Kernels KERNELS = SIMD ? new SimdKernels() : new PlainKernels();
  //
  // or, of the only family,
  //
  // static {
  //   Simd.isPlain("jdk.incubator.vector", DigitsNetwork.class);
  // }
  public void fields(TypeSpec.Builder type, Names names) {
    if (!isMade()) {
      type.addStaticBlock(CodeBlock.builder()
          .addStatement("$T.isPlain($S, $T.class)", SIMD, Vectors.MODULE, names.network())
          .build());
      return;
    }
    type.addField(constant(TypeName.BOOLEAN, "SIMD")
            .addJavadoc("Whether this virtual machine runs the vector kernels well.\n")
            .initializer("$T.isUsable($S, $T.class)", SIMD, Vectors.MODULE, names.network())
            .build())
        .addField(constant(names.nested(KERNELS), "KERNELS")
            .addJavadoc("The kernel family in use; both compute the same bits.\n")
            .initializer("SIMD ? new $L() : new $L()", families.get(1), families.get(0))
            .build());
  }

  private static FieldSpec.Builder constant(TypeName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }

  // private abstract static class Kernels {
  //   /** hidden = relu(input W^T + b), ... */
  //   void hiddenForward(int n, float[][] xs, float[][] w, float[] b, float[][] ys) {
  //     product(n, xs, 64, 64, w, b, null, ys, 32);
  //     ...
  //   }
  //
  //   /** ys = xs W, ... */
  //   abstract void product(int n, ...);
  // }
  /**
   * The nested classes of the kernels.
   *
   * @param common what all families have
   * @param heads the methods that each family has in its own way, without bodies
   * @param families their own classes, in their order
   * @param fields what the kernels of any family read
   */
  public List<TypeSpec> classes(
      TypeSpec common, Stream<MethodSpec> heads, List<TypeSpec> families, List<FieldSpec> fields) {
    if (!isMade()) {
      return List.of(families.get(0).toBuilder().addFields(fields).build());
    }
    TypeSpec.Builder kernels = common.toBuilder().addFields(fields);
    heads.forEach(head ->
        kernels.addMethod(head.toBuilder().addModifiers(Modifier.ABSTRACT).build()));
    return Stream.concat(Stream.of(kernels.build()), families.stream()).toList();
  }

  /** The class that families extend, without the methods that they have in ways of their own. */
  public static TypeSpec.Builder common() {
    return TypeSpec.classBuilder(KERNELS)
        .addJavadoc(
            "The kernels of the layers, and the primitives that they call, which exist in plain Java and with vectors.\n$L"
                + "Only subclasses refer to classes that the virtual\nmachine may lack, so these are loaded only when used.\n",
            READING)
        .addModifiers(Modifier.PRIVATE, Modifier.ABSTRACT, Modifier.STATIC);
  }
}
