package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Mentions;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** What each kernel computes, by its name, for the class that two families extend. */
  private final Map<String, String> descriptions = new HashMap<>();

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

  /**
   * The head of a method that each family has in its own way.
   *
   * @param words what it computes: the same for all families, so it is said once, in the class that they extend if there is one
   */
  public MethodSpec.Builder kernel(String name, String words) {
    if (!isMade()) {
      return ofAll(name, words);
    }
    descriptions.put(name, words);
    return MethodSpec.methodBuilder(name).addAnnotation(Override.class);
  }

  /** The head of a method that all families have in common. */
  public MethodSpec.Builder ofAll(String name, String words) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(name).addJavadoc("$L", words);
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
   * @param families their own classes, in their order
   * @param zeros a field that any of them may read
   */
  public List<TypeSpec> classes(TypeSpec common, List<TypeSpec> families, FieldSpec zeros) {
    List<FieldSpec> read = Stream.concat(Stream.of(common), families.stream())
            .anyMatch(type -> Mentions.of(type, zeros.name()))
        ? List.of(zeros)
        : List.of();
    if (!isMade()) {
      return List.of(families.get(0).toBuilder().addFields(read).build());
    }
    TypeSpec.Builder kernels = common.toBuilder().addFields(read);
    for (MethodSpec method : families.get(0).methodSpecs()) {
      if (descriptions.containsKey(method.name())) {
        kernels.addMethod(MethodSpec.methodBuilder(method.name())
            .addJavadoc("$L", descriptions.get(method.name()))
            .addModifiers(Modifier.ABSTRACT)
            .returns(method.returnType())
            .addParameters(method.parameters())
            .build());
      }
    }
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
