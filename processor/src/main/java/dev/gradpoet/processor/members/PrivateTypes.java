package dev.gradpoet.processor.members;

import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;

/** Whether a type names a private type, which the nested interface can see but the generated class cannot. */
final class PrivateTypes extends SimpleTypeVisitor14<Boolean, Void> {

  static final PrivateTypes NAMED = new PrivateTypes();

  private PrivateTypes() {
    super(false);
  }

  @Override
  public Boolean visitExecutable(ExecutableType method, Void none) {
    return visit(method.getReturnType())
        || any(method.getParameterTypes())
        || any(method.getThrownTypes())
        || method.getTypeVariables().stream().anyMatch(type -> visit(type.getUpperBound()));
  }

  @Override
  public Boolean visitDeclared(DeclaredType type, Void none) {
    for (Element at = type.asElement(); at != null; at = at.getEnclosingElement()) {
      if (at.getModifiers().contains(Modifier.PRIVATE)) {
        return true;
      }
    }
    return any(type.getTypeArguments());
  }

  @Override
  public Boolean visitArray(ArrayType type, Void none) {
    return visit(type.getComponentType());
  }

  @Override
  public Boolean visitWildcard(WildcardType type, Void none) {
    return type.getExtendsBound() != null && visit(type.getExtendsBound())
        || type.getSuperBound() != null && visit(type.getSuperBound());
  }

  private boolean any(List<? extends TypeMirror> types) {
    return types.stream().anyMatch(this::visit);
  }
}
