package dev.gradpoet.processor.members;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.Types;

/**
 * Prints the class that stands for that of a wrong declaration: its public members with bodies that throw, so that code around it has no errors
 * but ours.
 */
public final class Stub {

  private final Types types;

  public Stub(Types types) {
    this.types = types;
  }

  /**
   * The public members of a class, those of its public nested classes, and what its interface asks for beside.
   *
   * @param generated the class as it would be, or that of a placeholder
   * @param declaration its interface, which it implements where a class can
   */
  public TypeSpec of(TypeSpec generated, TypeElement declaration, Comparison comparison) {
    String reason = "the declaration of " + declaration.getSimpleName()
        + " has mistakes, which its compilation names";
    // the first interface is the declaration, or what stands in for it
    TypeName leftOut = comparison.clash ? generated.superinterfaces().get(0) : null;
    TypeSpec.Builder stub = members(generated, reason, leftOut)
        .addJavadoc("Stands for a network whose declaration has mistakes.\n");
    generated.annotations().forEach(stub::addAnnotation);
    if (!comparison.clash) {
      comparison.missing.forEach(wanted -> stub.addMethod(throwing(
          MethodSpec.overriding(wanted.element(), (DeclaredType) declaration.asType(), types)
              .build(),
          reason)));
    }
    return stub.build();
  }

  private static TypeSpec.Builder members(TypeSpec type, String reason, TypeName leftOut) {
    TypeSpec.Builder stub = TypeSpec.classBuilder(type.name())
        .addModifiers(type.modifiers().toArray(Modifier[]::new))
        .alwaysQualify(type.alwaysQualifiedNames().toArray(String[]::new));
    type.superinterfaces().stream()
        .filter(parent -> !parent.equals(leftOut))
        .forEach(stub::addSuperinterface);
    for (FieldSpec field : type.fieldSpecs()) {
      if (field.modifiers().contains(Modifier.PUBLIC)) {
        stub.addField(field);
      }
    }
    boolean constructible = false;
    for (MethodSpec method : type.methodSpecs()) {
      if (method.modifiers().contains(Modifier.PUBLIC)) {
        stub.addMethod(throwing(method, reason));
        constructible |= method.isConstructor();
      }
    }
    if (!constructible) {
      stub.addMethod(
          MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    }
    type.typeSpecs().stream()
        .filter(nested -> nested.modifiers().contains(Modifier.PUBLIC))
        .forEach(nested -> stub.addType(members(nested, reason, null).build()));
    return stub;
  }

  private static MethodSpec throwing(MethodSpec method, String reason) {
    MethodSpec.Builder stub = method.isConstructor()
        ? MethodSpec.constructorBuilder()
        : MethodSpec.methodBuilder(method.name()).returns(method.returnType());
    return stub.addModifiers(method.modifiers())
        .addTypeVariables(method.typeVariables())
        .addParameters(method.parameters())
        .varargs(method.varargs())
        .addExceptions(method.exceptions())
        .addStatement("throw new $T($S)", IllegalStateException.class, reason)
        .build();
  }
}
