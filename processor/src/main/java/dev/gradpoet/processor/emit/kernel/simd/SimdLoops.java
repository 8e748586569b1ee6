package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Prints the nested class that holds all loops over vectors, apart from the kernels that call them. When a compilation of C2, including inlined
 * methods, reaches 18,000 nodes, C2 postpones the inlining of the Vector API, and on JDK 17 it then allocates vectors as objects. Which kernels it
 * would inline into one method is not predictable, so each loop is compiled separately: C2 does not inline a method of a Throwable, except into a
 * method of a Throwable, or directly into the method that it compiles. Therefore the kernels have a method for each loop of up to 325 bytes, above
 * which nothing is inlined, and that method calls no other loop.
 */
final class SimdLoops {

  private static final String NAME = "Loops";

  private SimdLoops() {}

  /** {@code Loops.pack}: the qualified name of a loop. */
  static String qualified(String method) {
    return NAME + "." + method;
  }

  // private static final class Loops extends Throwable {
  //   private static final long serialVersionUID = 1;
  //   ...
  // }
  /** The class of these methods. */
  static TypeSpec type(Stream<MethodSpec> loops) {
    TypeSpec.Builder type = TypeSpec.classBuilder(NAME)
        .addAnnotation(Names.MARK_OF_NESTED)
        .addJavadoc(
            "The loops over vectors. C2 inlines methods of a {@link Throwable} only into compilations that start in one. This class is a Throwable for that"
                + "\nreason only: C2 compiles each loop separately. In a compilation with more than a few dozen vector operations, it may allocate vectors as objects.\n")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .superclass(Throwable.class)
        .addField(FieldSpec.builder(TypeName.LONG, "serialVersionUID")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer("1")
            .build())
        .addMethod(
            MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    loops.forEach(loop -> type.addMethod(MethodSpec.methodBuilder(loop.name())
        .addJavadoc(loop.javadoc())
        .addModifiers(Modifier.STATIC)
        .returns(loop.returnType())
        .addParameters(loop.parameters())
        .addCode(loop.code())
        .build()));
    return type.build();
  }
}
