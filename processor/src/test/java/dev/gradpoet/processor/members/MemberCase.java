package dev.gradpoet.processor.members;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A method in a declaration, with the name and parameters of a method of the generated class.
 *
 * @param title the description
 * @param place how the declaration has the method
 * @param form how it differs from the method of the class
 * @param method the method of the class
 */
record MemberCase(String title, Place place, Form form, Method method) {

  /** How a declaration has a method. */
  enum Place {
    DEFAULT,
    ABSTRACT,
    STATIC,
    PRIVATE,
    INHERITED_DEFAULT,
    INHERITED_ABSTRACT,
    INHERITED_BY_TYPE_ARGUMENT,
    DEFAULT_AND_MODEL,
    ABSTRACT_AND_MODEL,
    STATIC_AND_MODEL;

    boolean isAbstract() {
      return this == ABSTRACT
          || this == INHERITED_ABSTRACT
          || this == INHERITED_BY_TYPE_ARGUMENT
          || this == ABSTRACT_AND_MODEL;
    }

    boolean isDefault() {
      return this == DEFAULT || this == INHERITED_DEFAULT || this == DEFAULT_AND_MODEL;
    }
  }

  /** How a method differs. */
  enum Form {
    SAME,
    WITHOUT_THROWS,
    OTHER_RETURN,
    OBJECT_RETURN,
    TYPE_PARAMETER,
    VARARGS
  }

  /** All cases of a method. */
  static List<MemberCase> of(Method method) {
    List<MemberCase> cases = new ArrayList<>();
    for (Place place : Place.values()) {
      for (Form form : Form.values()) {
        MemberCase each = new MemberCase(
            place + " " + form + " " + method.getName()
                + Arrays.toString(method.getParameterTypes()),
            place,
            form,
            method);
        if (each.isDifferent()) {
          cases.add(each);
        }
      }
    }
    return cases;
  }

  /** Whether the form makes a difference for this method. */
  private boolean isDifferent() {
    Class<?>[] parameters = method.getParameterTypes();
    return switch (form) {
      case SAME, OTHER_RETURN, TYPE_PARAMETER -> true;
      case WITHOUT_THROWS -> method.getExceptionTypes().length > 0;
      case OBJECT_RETURN -> !method.getReturnType().isPrimitive();
      case VARARGS -> parameters.length > 0 && parameters[parameters.length - 1].isArray();
    };
  }

  /** Whether the class implements the method as declared here. */
  boolean isImplemented() {
    boolean fits = form == Form.SAME
        || form == Form.OBJECT_RETURN
        || form == Form.WITHOUT_THROWS && method.getExceptionTypes().length == 0;
    return place.isAbstract()
        && fits
        && Modifier.isPublic(method.getModifiers())
        && !Modifier.isFinal(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers());
  }

  /**
   * The source of a declaration {@code Case1} with methods of one place: its own methods one per line from the fourth line on, inherited ones in
   * interfaces {@code Base1_2}.
   */
  static String source(int number, List<MemberCase> cases) {
    String name = "Case" + number;
    Place place = cases.get(0).place;
    if (!place.name().startsWith("INHERITED")) {
      return "package test;\n@dev.gradpoet.Network(layers = {1, 1})\npublic interface " + name
          + (place.name().endsWith("MODEL") ? " extends dev.gradpoet.runtime.Model" : "") + " {\n"
          + cases.stream().map(each -> each.declared(name) + "\n").collect(Collectors.joining())
          + "}\n";
    }
    boolean argument = place == Place.INHERITED_BY_TYPE_ARGUMENT;
    List<String> parents = new ArrayList<>();
    StringBuilder bases = new StringBuilder();
    for (int i = 0; i < cases.size(); i++) {
      String base = "Base" + number + "_" + i;
      parents.add(base + (argument ? "<" + cases.get(i).boxed(name) + ">" : ""));
      bases
          .append("interface " + base + (argument ? "<R>" : "") + " { ")
          .append(cases.get(i).declared(name))
          .append(" }\n");
    }
    return "package test;\n@dev.gradpoet.Network(layers = {1, 1})\npublic interface " + name
        + " extends " + String.join(", ", parents) + " {}\n" + bases;
  }

  private String declared(String name) {
    String before = switch (place) {
      case DEFAULT, INHERITED_DEFAULT, DEFAULT_AND_MODEL -> "default ";
      case STATIC, STATIC_AND_MODEL -> "static ";
      case PRIVATE -> "private ";
      case ABSTRACT, INHERITED_ABSTRACT, INHERITED_BY_TYPE_ARGUMENT, ABSTRACT_AND_MODEL -> "";
    };
    String returns = switch (form) {
      case OTHER_RETURN -> method.getReturnType() == int.class ? "long" : "int";
      case OBJECT_RETURN -> "Object";
      case SAME, WITHOUT_THROWS, TYPE_PARAMETER, VARARGS ->
        place == Place.INHERITED_BY_TYPE_ARGUMENT && !method.getReturnType().isPrimitive()
            ? "R"
            : text(method.getGenericReturnType().getTypeName(), name);
    };
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < method.getParameterCount(); i++) {
      parameters.add(text(method.getGenericParameterTypes()[i].getTypeName(), name) + " a" + i);
    }
    String all = String.join(", ", parameters);
    if (method.isVarArgs() != (form == Form.VARARGS)) {
      all = all.replaceAll("\\[](?= a\\d$)", "...");
    }
    String thrown = form == Form.WITHOUT_THROWS || method.getExceptionTypes().length == 0
        ? ""
        : Arrays.stream(method.getExceptionTypes())
            .map(Class::getName)
            .collect(Collectors.joining(", ", " throws ", ""));
    return before + (form == Form.TYPE_PARAMETER ? "<T> " : "") + returns + " " + method.getName()
        + "("
        + all + ")" + thrown
        + (place.isAbstract() ? ";" : " { throw new IllegalStateException(); }");
  }

  private String boxed(String name) {
    return method.getReturnType().isPrimitive()
        ? "String"
        : text(method.getGenericReturnType().getTypeName(), name);
  }

  private static String text(String type, String name) {
    return type.replace("test.ProbeNetwork", name + "Network")
        .replace('$', '.')
        .replace("test.Probe", name);
  }
}
