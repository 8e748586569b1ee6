package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * The class that holds all loops over vectors, apart from the kernels that call them. What C2 compiles for a method, the methods inlined into it
 * included, may grow to 18,000 nodes before it postpones the inlining of the Vector API, and JDK 17 makes objects of vectors behind that. Which
 * kernels it would inline into one method is a matter of chance, so each loop is compiled on its own: C2 does not inline a method of a Throwable,
 * except into a method of a Throwable, or right into the one that it compiles. That is why there is a method of the kernels for each loop of up to
 * 325 bytes, above which nothing is inlined, and why it calls no other loop.
 */
public final class SimdLoops {

  private static final String NAME = "Loops";

  private final List<MethodSpec> methods = new ArrayList<>();

  /** {@code Loops.pack}: what the method of a loop is called outside of the class. */
  public static String qualified(String method) {
    return NAME + "." + method;
  }

  /** Adds the methods of loops. */
  public void add(Iterable<MethodSpec> loops) {
    loops.forEach(this::add);
  }

  /** Adds the method of a loop. */
  public void add(MethodSpec loop) {
    methods.add(head(loop).addJavadoc(loop.javadoc()).build());
  }

  // @Override void relu(float[] from, float[] to, int width) {
  //   Loops.relu(from, to, width);
  // }
  /** Adds the loop that is all of a kernel, and gives the kernel that calls it. */
  public MethodSpec kernel(MethodSpec kernel) {
    return kernel(kernel, List.of());
  }

  /**
   * Adds the loop that is the end of a kernel, and gives the kernel that calls it.
   *
   * @param before statements of the kernel before that
   */
  public MethodSpec kernel(MethodSpec kernel, List<CodeBlock> before) {
    methods.add(head(kernel).build());
    String arguments =
        kernel.parameters().stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
    MethodSpec.Builder calling = MethodSpec.methodBuilder(kernel.name())
        .addJavadoc(kernel.javadoc())
        .addAnnotations(kernel.annotations())
        .addModifiers(kernel.modifiers())
        .returns(kernel.returnType())
        .addParameters(kernel.parameters());
    before.forEach(calling::addStatement);
    String returned = kernel.returnType().equals(TypeName.VOID) ? "" : "return ";
    return calling
        .addStatement("$L$L($L)", returned, qualified(kernel.name()), arguments)
        .build();
  }

  private static MethodSpec.Builder head(MethodSpec loop) {
    return MethodSpec.methodBuilder(loop.name())
        .addModifiers(Modifier.STATIC)
        .returns(loop.returnType())
        .addParameters(loop.parameters())
        .addCode(loop.code());
  }

  // private static final class Loops extends Throwable {
  //   private static final long serialVersionUID = 1;
  //   ...
  // }
  /** The class. */
  public TypeSpec type() {
    return TypeSpec.classBuilder(NAME)
        .addAnnotation(Names.MARK_OF_NESTED)
        .addJavadoc(
            "The loops over vectors. C2 inlines methods of a {@link Throwable} only into compilations that start in one, which is the only reason that this"
                + "\nclass is one: C2 compiles each loop separately. In a compilation with more than a few dozen vector operations, it may allocate vectors as objects.\n")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .superclass(Throwable.class)
        .addField(FieldSpec.builder(TypeName.LONG, "serialVersionUID")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer("1")
            .build())
        .addMethod(
            MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
        .addMethods(methods)
        .build();
  }
}
