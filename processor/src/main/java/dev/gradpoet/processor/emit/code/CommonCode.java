package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Pieces of code that emitters of several packages print alike. */
public final class CommonCode {

  private CommonCode() {}

  /** {@code @Override public void name(}. */
  public static MethodSpec.Builder override(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }

  /** {@code @Override protected void name(}: what a class of the runtime leaves to the generated one. */
  public static MethodSpec.Builder hook(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED);
  }

  /** {@code Objects.requireNonNull(x, "x")}: an error that names the argument. */
  public static CodeBlock notNull(String argument) {
    return CodeBlock.of("$T.requireNonNull($L, $S)", Objects.class, argument, argument);
  }

  /** A nested class that holds numbers. */
  public static TypeSpec.Builder storage(String name) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }

  /** Fields that a part of a split constructor sets cannot be final. */
  public static FieldSpec field(TypeName type, String name, boolean split) {
    FieldSpec field = FieldSpec.builder(type, name).build();
    return split ? field : finalField(field);
  }

  /** The field, final. */
  public static FieldSpec finalField(FieldSpec field) {
    return field.toBuilder().addModifiers(Modifier.FINAL).build();
  }
}
