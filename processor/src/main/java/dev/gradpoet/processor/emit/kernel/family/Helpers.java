package dev.gradpoet.processor.emit.kernel.family;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The helpers of a family with their names: all that its kernels call, directly or indirectly, each after those that it calls itself. */
public final class Helpers {

  /** A static method that kernels of a family call. Helpers are values: kernels that call equal helpers share a method. */
  public interface Helper {

    /** Its name, unless that is taken. */
    String wantedName();

    /** The nested class that holds it; empty for the family's class. */
    default String owner() {
      return "";
    }

    /** The helpers that it calls itself. */
    default List<Helper> calls() {
      return List.of();
    }

    /** The method. */
    MethodSpec method(Helpers helpers);
  }

  private final Map<Helper, String> names = new LinkedHashMap<>();

  /** The free names of each class. */
  private final Map<String, NameAllocator> free = new HashMap<>();

  /**
   * The helpers of some kernels.
   *
   * @param free allocates names that are not taken
   * @param called the helpers that the kernels call
   */
  public Helpers(NameAllocator free, Stream<? extends Helper> called) {
    called.forEach(helper -> add(helper, free));
  }

  private void add(Helper helper, NameAllocator ofKernels) {
    if (!names.containsKey(helper)) {
      helper.calls().forEach(called -> add(called, ofKernels));
      NameAllocator allocator = free.computeIfAbsent(helper.owner(), owner -> ofKernels.clone());
      names.put(helper, allocator.newName(helper.wantedName()));
    }
  }

  /** The name of a helper. */
  public String name(Helper helper) {
    String name = names.get(helper);
    if (name == null) {
      throw new IllegalArgumentException("not among the helpers that the kernels call: " + helper);
    }
    return name;
  }

  /** The methods of a class: those of the family, or those of a nested class. */
  public List<MethodSpec> methods(String owner) {
    return names.keySet().stream()
        .filter(helper -> helper.owner().equals(owner))
        .map(helper -> helper.method(this))
        .toList();
  }
}
