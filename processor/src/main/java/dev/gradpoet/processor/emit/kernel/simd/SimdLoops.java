package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * The class that holds all loops over vectors, apart from the kernels that call them. What C2 compiles for a method, the methods inlined into it
 * included, may grow to 18,000 nodes before it postpones the inlining of the Vector API, and JDK 17 makes objects of vectors behind that. Which
 * kernels it would inline into one method is a matter of chance, so each loop is compiled on its own: C2 does not inline a method of a Throwable,
 * except into a method of a Throwable, or right into the one that it compiles. That is why there is a method of the kernels for each loop of up to
 * 325 bytes, above which nothing is inlined, and why it calls no other loop.
 */
final class SimdLoops {

  private static final String NAME = "Loops";

  private SimdLoops() {}

  /** {@code Loops.pack}: what the method of a loop is called outside of the class. */
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
            "The loops over vectors. C2 inlines methods of a {@link Throwable} only into compilations that start in one, which is the only reason that this"
                + "\nclass is one: C2 compiles each loop separately. In a compilation with more than a few dozen vector operations, it may allocate vectors as objects.\n")
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
