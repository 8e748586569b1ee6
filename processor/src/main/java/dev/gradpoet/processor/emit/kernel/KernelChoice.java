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
 * The choice of a network's kernels: the static methods of the only family, or an instance of one of two families, chosen when the class is loaded.
 * Two families extend a common class, which has the kernels of layers.
 */
public final class KernelChoice {

  /** The nested class of the vector kernels with the updates of optimizers. */
  public static final String UPDATES = "Updates";

  private static final String KERNELS = "Kernels";

  private static final ClassName SIMD = RuntimeTypes.support("Simd");

  /** The conventions that the Javadoc of kernels does not repeat. */
  public static final String READING =
      "Kernels compute the first {@code n} rows of {@code xs}. If a sum has several chains (partial sums), only the first starts"
          + "\nfrom the given value, the others from zero. {@code f'} maps the gradient of the output of f to that of its input.\n";

  private final List<String> families;

  /**
   * The choice among families.
   *
   * @param families the names of their classes: that of the plain kernels, and of the vector kernels if there are any
   */
  public KernelChoice(List<String> families) {
    this.families = List.copyOf(families);
  }

  /** Whether there are two families, of which one is chosen when the class is loaded. */
  public boolean hasTwoFamilies() {
    return families.size() > 1;
  }

  /** The expression on which kernels are called. */
  public String owner() {
    return hasTwoFamilies() ? "KERNELS" : families.get(0);
  }

  /** The updates of optimizers: {@code SIMD ? new SimdKernels.Updates() : new FloatPlainUpdates()}. */
  public CodeBlock updates(Scalar scalar) {
    CodeBlock plain = CodeBlock.of("new $T()", scalar.plainUpdates());
    return hasTwoFamilies()
        ? CodeBlock.of("SIMD ? new $L.$L() : $L", families.get(1), UPDATES, plain)
        : plain;
  }

  /** A method that each family implements differently. Its Javadoc is printed once: in the class that the families extend, if there are two. */
  public MethodSpec.Builder ofFamily(MethodSpec head) {
    return hasTwoFamilies()
        ? MethodSpec.methodBuilder(head.name())
            .addAnnotation(Override.class)
            .returns(head.returnType())
            .addParameters(head.parameters())
        : ofAll(head);
  }

  /** A method that is the same in all families. */
  public MethodSpec.Builder ofAll(MethodSpec head) {
    MethodSpec.Builder method = head.toBuilder();
    return hasTwoFamilies() ? method : method.addModifiers(Modifier.STATIC);
  }

  /**
   * The class of a family, without its methods.
   *
   * @param className its name
   * @param common the class of the common methods, which a single family contains itself
   */
  public TypeSpec.Builder family(String className, Names names, TypeSpec common) {
    TypeSpec.Builder type = TypeSpec.classBuilder(className)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
    return hasTwoFamilies()
        ? type.superclass(names.nested(KERNELS))
        : type.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
            .addFields(common.fieldSpecs())
            .addMethods(common.methodSpecs());
  }

  // private static final boolean SIMD = Simd.isUsable("jdk.incubator.vector", DigitsNetwork.class);
  //
  // private static final Kernels KERNELS = SIMD ? new SimdKernels() : new PlainKernels();
  //
  // or, for a single family,
  //
  // static {
  //   Simd.isPlain("jdk.incubator.vector", DigitsNetwork.class);
  // }
  public void fields(TypeSpec.Builder type, Names names) {
    if (!hasTwoFamilies()) {
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
   * The nested classes of the kernels, the common class first.
   *
   * @param common the class of the common methods
   * @param heads the methods that each family implements differently, without bodies
   * @param families the classes of the families, in order
   * @param fields the fields that kernels of all families read
   */
  public List<TypeSpec> classes(
      TypeSpec common, Stream<MethodSpec> heads, List<TypeSpec> families, List<FieldSpec> fields) {
    if (!hasTwoFamilies()) {
      return List.of(families.get(0).toBuilder().addFields(fields).build());
    }
    TypeSpec.Builder kernels = common.toBuilder().addFields(fields);
    heads.forEach(head ->
        kernels.addMethod(head.toBuilder().addModifiers(Modifier.ABSTRACT).build()));
    return Stream.concat(Stream.of(kernels.build()), families.stream()).toList();
  }

  /** The class that the families extend, without its methods. */
  public static TypeSpec.Builder common() {
    return TypeSpec.classBuilder(KERNELS)
        .addJavadoc(
            "The kernels of the layers, and the primitives that they call, which subclasses implement in plain Java and with vectors.\n$L"
                + "Only subclasses refer to classes that the virtual machine may lack, so these are loaded only when used.\n",
            READING)
        .addModifiers(Modifier.PRIVATE, Modifier.ABSTRACT, Modifier.STATIC);
  }
}
