package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.kernel.vector.Polynomial;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The methods that the kernels of a family share, and what these read: each is printed once, and only if a kernel asks for it. */
public final class MethodSet {

  private final NameAllocator names;
  private final Map<Object, MethodSpec> methods = new LinkedHashMap<>();
  private final Set<Polynomial> polynomials = EnumSet.noneOf(Polynomial.class);

  /** No methods yet. */
  public MethodSet(Names names) {
    this(names.ofFamily());
  }

  /** No methods yet, which get names of these. */
  public MethodSet(NameAllocator names) {
    this.names = names;
  }

  /** The methods that were asked for. */
  public Collection<MethodSpec> methods() {
    return methods.values();
  }

  /** The fields that the methods read. */
  public List<FieldSpec> fields() {
    return polynomials.stream().map(Polynomial::field).toList();
  }

  /** Notes what a method reads. */
  public void reads(Set<Polynomial> read) {
    polynomials.addAll(read);
  }

  /** A name for a method that is printed elsewhere. */
  public String allocate(String wanted) {
    return names.newName(wanted);
  }

  /**
   * The name of a method.
   *
   * @param wanted what tells it from the others, and its name if that is free
   * @param method prints it under its name
   */
  public String name(String wanted, Function<String, MethodSpec> method) {
    return name(wanted, wanted, method);
  }

  /**
   * The name of a method.
   *
   * @param key what tells it from the others
   * @param wanted its name, if that is free
   * @param method prints it under its name
   */
  public String name(Object key, String wanted, Function<String, MethodSpec> method) {
    MethodSpec made = methods.get(key);
    if (made == null) {
      made = method.apply(names.newName(wanted));
      methods.put(key, made);
    }
    return made.name();
  }
}
