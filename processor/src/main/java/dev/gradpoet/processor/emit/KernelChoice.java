package dev.gradpoet.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** How a network comes to its kernels: the static methods of the only family, or the object of one of two, chosen when the class is loaded. */
final class KernelChoice {

  /** The module of the vectors; the runtime is told its name, and does not know it. */
  static final String VECTORS = "jdk.incubator.vector";

  private static final ClassName SIMD = ClassName.get(Names.SUPPORT, "Simd");

  /** What the words on a kernel leave out. */
  static final String READING =
      "Of rows {@code xs}, {@code n} are computed, {@code xs[0]} first. Of several chains, only"
          + "\nthe first starts from what is named, the others from zero. ";

  private final List<KernelFamily> families;

  /** What each kernel computes, by its name, for the interface of two families. */
  private final Map<String, String> inWords = new HashMap<>();

  /**
   * A choice.
   *
   * @param families the plain one, and perhaps that of vectors
   */
  KernelChoice(List<KernelFamily> families) {
    this.families = List.copyOf(families);
  }

  List<KernelFamily> families() {
    return families;
  }

  /** Whether there is more than one family. */
  boolean isMade() {
    return families.size() > 1;
  }

  /** What stands before the call of a kernel. */
  String owner() {
    return isMade() ? "KERNELS" : families.get(0).className();
  }

  /**
   * The head of a kernel's method, which returns nothing.
   *
   * @param words what it computes: the same for all families, so it is said once, in their interface if there is one
   */
  MethodSpec.Builder kernel(String name, String words) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(name);
    if (!isMade()) {
      return method.addModifiers(Modifier.STATIC).addJavadoc(words);
    }
    inWords.put(name, words);
    return method.addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
  }

  /** The head of a family's class. */
  TypeSpec.Builder family(KernelFamily family, Names names) {
    TypeSpec.Builder type = TypeSpec.classBuilder(family.className())
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
    return isMade()
        ? type.addSuperinterface(names.nested("Kernels"))
        : type.addMethod(
            MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
  }

  // private static final boolean SIMD = Simd.isUsable("jdk.incubator.vector", DigitsNetwork.class);
  //
  // private static final Kernels KERNELS = SIMD ? new SimdKernels() : new PlainKernels();
  void fields(TypeSpec.Builder type, Names names) {
    if (!isMade()) {
      return;
    }
    type.addField(constant(TypeName.BOOLEAN, "SIMD")
            .addJavadoc("Whether this virtual machine runs the vector kernels well.\n")
            .initializer("$T.isUsable($S, $T.class)", SIMD, VECTORS, names.network())
            .build())
        .addField(constant(names.nested("Kernels"), "KERNELS")
            .addJavadoc("Whichever: they compute the same bits.\n")
            .initializer(
                "SIMD ? new $L() : new $L()",
                families.get(1).className(),
                families.get(0).className())
            .build());
  }

  private static FieldSpec.Builder constant(TypeName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }

  // private interface Kernels {
  //   /** hidden = relu(input W^T + b), ... */
  //   void hiddenForward(int n, float[][] xs, float[][] w, float[] b, float[][] ys);
  // }
  /** The interface of the kernels of a family, whose class was built already. */
  TypeSpec kernels(TypeSpec family) {
    TypeSpec.Builder type = TypeSpec.interfaceBuilder("Kernels")
        .addJavadoc(
            "The kernels, in plain Java and in vectors. $LA class that the virtual machine lacks is named behind it only,"
                + "\nso nothing looks for it before it is used.\n",
            READING)
        .addModifiers(Modifier.PRIVATE);
    for (MethodSpec method : family.methodSpecs()) {
      if (method.modifiers().contains(Modifier.PUBLIC)) {
        type.addMethod(MethodSpec.methodBuilder(method.name())
            .addJavadoc(inWords.get(method.name()))
            .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
            .returns(method.returnType())
            .addParameters(method.parameters())
            .build());
      }
    }
    return type.build();
  }
}
