package dev.gradpoet.processor.members;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.diagnostic.Problem;
import java.util.ArrayList;
import java.util.List;

/** The result of comparing the interface with the generated class. */
public final class Comparison {

  /** The problems found. */
  final List<Problem> problems = new ArrayList<>();

  /** Additional methods of the class, because the interface declares default methods of {@code Model} as abstract. */
  final List<MethodSpec> bridges = new ArrayList<>();

  /** Abstract methods that nothing implements. */
  final List<InterfaceMethod> missing = new ArrayList<>();

  /** Whether no class can implement both the interface and {@code Model}. */
  boolean clash;

  /** The problems found. */
  public List<Problem> problems() {
    return problems;
  }

  /** The class with the additional methods that the interface requires. */
  public TypeSpec complete(TypeSpec generated) {
    return bridges.isEmpty()
        ? generated
        : generated.toBuilder().addMethods(bridges).build();
  }
}
