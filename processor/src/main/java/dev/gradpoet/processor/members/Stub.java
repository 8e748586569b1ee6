package dev.gradpoet.processor.members;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.read.NetworkReader;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/**
 * Prints the class of a declaration with errors: the same public members with bodies that throw, so that code that uses it causes no further errors.
 */
public final class Stub {

  private final Types types;
  private final NetworkReader reader;

  public Stub(Types types, NetworkReader reader) {
    this.types = types;
    this.reader = reader;
  }

  /**
   * The stub of a class: its public members, those of its public nested classes, and the other methods that its interface requires.
   *
   * @param generated the class as it would be without the errors, or that of a placeholder
   * @param declaration its interface, which the stub implements if a class can
   */
  public TypeSpec of(TypeSpec generated, TypeElement declaration, Comparison comparison) {
    String reason = "the declaration of " + declaration.getSimpleName()
        + " has errors, which the compiler reports";
    boolean implementable = !comparison.clash
        && comparison.missing.stream()
            .noneMatch(declared -> PrivateTypes.NAMED.visit(declared.type()));
    // the first interface is the declaration, or its stand-in
    TypeName leftOut = implementable ? null : generated.superinterfaces().get(0);
    TypeSpec.Builder stub = members(generated, declaration, reason, leftOut)
        .addJavadoc("A placeholder for a network whose declaration has errors.\n");
    generated.annotations().forEach(stub::addAnnotation);
    if (implementable) {
      comparison.missing.forEach(declared -> stub.addMethod(throwing(
          MethodSpec.overriding(declared.element(), (DeclaredType) declaration.asType(), types)
              .build(),
          CodeBlock.of(""),
          reason)));
    }
    return stub.build();
  }

  private TypeSpec.Builder members(
      TypeSpec type, TypeElement declaration, String reason, TypeName leftOut) {
    TypeSpec.Builder stub = TypeSpec.classBuilder(type.name())
        .addModifiers(type.modifiers().toArray(Modifier[]::new))
        .superclass(type.superclass())
        .alwaysQualify(type.alwaysQualifiedNames().toArray(String[]::new));
    CodeBlock toSuper = toSuper(type, declaration);
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
      if (method.isConstructor() && method.modifiers().contains(Modifier.PUBLIC)) {
        stub.addMethod(throwing(method, toSuper, reason));
        constructible = true;
      } else if (method.modifiers().contains(Modifier.PUBLIC)
          || method.modifiers().contains(Modifier.PROTECTED)) {
        stub.addMethod(throwing(method, CodeBlock.of(""), reason));
      }
    }
    if (!constructible) {
      stub.addMethod(MethodSpec.constructorBuilder()
          .addModifiers(Modifier.PRIVATE)
          .addCode(toSuper)
          .build());
    }
    type.typeSpecs().stream()
        .filter(nested -> nested.modifiers().contains(Modifier.PUBLIC))
        .forEach(
            nested -> stub.addType(members(nested, declaration, reason, null).build()));
    return stub;
  }

  /** The call of the superclass constructor; its arguments do not matter, because the stub never runs. */
  private CodeBlock toSuper(TypeSpec type, TypeElement declaration) {
    if (!(type.superclass() instanceof ClassName above) || above.equals(ClassName.OBJECT)) {
      return CodeBlock.of("");
    }
    CodeBlock arguments = ElementFilter.constructorsIn(
            reader.visible(declaration, above.canonicalName()).getEnclosedElements())
        .stream()
        .filter(constructor -> !constructor.getModifiers().contains(Modifier.PRIVATE))
        .findFirst()
        .stream()
        .flatMap(constructor -> constructor.getParameters().stream())
        .map(parameter -> nothing(TypeName.get(parameter.asType())))
        .collect(CodeBlock.joining(", "));
    return CodeBlock.of("super($L);\n", arguments);
  }

  private static CodeBlock nothing(TypeName type) {
    return type.equals(TypeName.BOOLEAN)
        ? CodeBlock.of("false")
        : CodeBlock.of("($T) $L", type, type.isPrimitive() ? "0" : "null");
  }

  private static MethodSpec throwing(MethodSpec method, CodeBlock first, String reason) {
    MethodSpec.Builder stub = method.isConstructor()
        ? MethodSpec.constructorBuilder()
        : MethodSpec.methodBuilder(method.name()).returns(method.returnType());
    return stub.addModifiers(method.modifiers())
        .addTypeVariables(method.typeVariables())
        .addParameters(method.parameters())
        .varargs(method.varargs())
        .addExceptions(method.exceptions())
        .addCode(first)
        .addStatement("throw new $T($S)", IllegalStateException.class, reason)
        .build();
  }
}
