package dev.gradpoet.processor.emit.kernel.simd.loop;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Prints the nested class that holds all loops over vectors, apart from the kernels that call them. When a compilation of C2, including inlined
 * methods, reaches 18,000 nodes, C2 postpones the inlining of the Vector API, and on JDK 17 it then allocates vectors as objects. Which kernels it
 * would inline into one method is not predictable, so each loop is compiled separately: C2 does not inline a method of a Throwable, except into a
 * method of a Throwable, or directly into the method that it compiles. Therefore the kernels have a method for each loop of up to 325 bytes, above
 * which nothing is inlined, and that method calls no other loop.
 */
public final class SimdLoops {

  public static final String NAME = "Loops";

  /** The name of the constant that is true if there are 32 registers. */
  public static final String WIDE = "WIDE";

  private SimdLoops() {}

  /** A helper that is a method of the class. */
  public interface Loop extends Helper {

    @Override
    default String owner() {
      return NAME;
    }

    /** The method of the family through which kernels call the loop, if C2 could inline the loop into them. */
    default Helper called() {
      return new Call(this);
    }
  }

  // private static void pack(int n, float[][] dys, int o, int width, float[] packed) {
  //   Loops.pack(n, dys, o, width, packed);
  // }
  private record Call(Loop loop) implements Helper {

    @Override
    public String wantedName() {
      return loop.wantedName();
    }

    @Override
    public List<Helper> calls() {
      return List.of(loop);
    }

    @Override
    public MethodSpec method(Helpers helpers) {
      MethodSpec method = loop.method(helpers);
      String arguments =
          method.parameters().stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
      return MethodSpec.methodBuilder(helpers.name(this))
          .addJavadoc(method.javadoc())
          .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
          .returns(method.returnType())
          .addParameters(method.parameters())
          .addStatement(
              "$L$L($L)",
              method.returnType().equals(TypeName.VOID) ? "" : "return ",
              qualified(method.name()),
              arguments)
          .build();
    }
  }

  /** {@code Loops.pack}: the qualified name of a loop. */
  public static String qualified(String method) {
    return NAME + "." + method;
  }

  // private static final class Loops extends Throwable {
  //   private static final long serialVersionUID = 1;
  //   ...
  // }
  /** A loop whose Javadoc is that of the method which calls it. */
  public static MethodSpec withoutJavadoc(MethodSpec loop) {
    return MethodSpec.methodBuilder(loop.name())
        .returns(loop.returnType())
        .addParameters(loop.parameters())
        .addCode(loop.code())
        .build();
  }

  /** The class of these methods. */
  public static TypeSpec type(Stream<MethodSpec> loops) {
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
    loops.forEach(loop -> type.addMethod(withoutJavadoc(loop).toBuilder()
        .addJavadoc(loop.javadoc())
        .addModifiers(Modifier.STATIC)
        .build()));
    return type.build();
  }
}
