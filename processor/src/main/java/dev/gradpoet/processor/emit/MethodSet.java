package dev.gradpoet.processor.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The methods that the kernels of a family share: each is printed once, and only if a kernel asks for it. */
final class MethodSet {

  private final NameAllocator names;
  private final Map<Object, MethodSpec> methods = new LinkedHashMap<>();

  /** No methods yet. */
  MethodSet(Names names) {
    this.names = names.ofFamily();
  }

  /** The methods that were asked for. */
  Collection<MethodSpec> methods() {
    return methods.values();
  }

  /** A name for a method that is printed elsewhere. */
  String allocate(String wanted) {
    return names.newName(wanted);
  }

  /**
   * The name of a method.
   *
   * @param wanted what tells it from the others, and its name if that is free
   * @param method prints it under its name
   */
  String name(String wanted, Function<String, MethodSpec> method) {
    return name(wanted, wanted, method);
  }

  /**
   * The name of a method.
   *
   * @param key what tells it from the others
   * @param wanted its name, if that is free
   * @param method prints it under its name
   */
  String name(Object key, String wanted, Function<String, MethodSpec> method) {
    MethodSpec made = methods.get(key);
    if (made == null) {
      made = method.apply(names.newName(wanted));
      methods.put(key, made);
    }
    return made.name();
  }
}
