package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Pieces of code that emitters of several packages share. */
public final class CommonCode {

  /** {@code int[]}: class indices. */
  public static final ArrayTypeName INDICES = ArrayTypeName.of(TypeName.INT);

  /** {@code int[][]}: rows of class indices. */
  public static final ArrayTypeName ROWS_OF_INDICES = ArrayTypeName.of(INDICES);

  private CommonCode() {}

  /** {@code @Override public void name(}. */
  public static MethodSpec.Builder override(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }

  /** {@code @Override protected void name(}: the implementation of an abstract method of the runtime. */
  public static MethodSpec.Builder hook(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED);
  }

  /** {@code Objects.requireNonNull(x, "x")}: an error that names the argument. */
  public static CodeBlock notNull(String argument) {
    return CodeBlock.of("$T.requireNonNull($L, $S)", Objects.class, argument, argument);
  }

  /** {@code private static final class name}: a nested class that holds arrays. */
  public static TypeSpec.Builder storage(String name) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }

  /** A field, final unless the constructor is split: its parts are methods, which cannot set final fields. */
  public static FieldSpec field(TypeName type, String name, boolean split) {
    FieldSpec field = FieldSpec.builder(type, name).build();
    return split ? field : finalField(field);
  }

  /** The field, final. */
  public static FieldSpec finalField(FieldSpec field) {
    return field.toBuilder().addModifiers(Modifier.FINAL).build();
  }
}
