package dev.gradpoet.processor.members;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.diagnostic.Problem;
import java.util.ArrayList;
import java.util.List;

/** What a comparison of the interface with the generated class says. */
public final class Comparison {

  /** What is to be said. */
  final List<Problem> problems = new ArrayList<>();

  /** Methods that the class needs beside, since the interface asks for what is a default of {@code Model}. */
  final List<MethodSpec> bridges = new ArrayList<>();

  /** Abstract methods that nobody implements. */
  final List<Wanted> missing = new ArrayList<>();

  /** Whether no class can implement both the interface and {@code Model}. */
  boolean clash;

  /** What stands against the class. */
  public List<Problem> problems() {
    return problems;
  }

  /** The class with the methods that the interface asks for beside. */
  public TypeSpec complete(TypeSpec generated) {
    return bridges.isEmpty()
        ? generated
        : generated.toBuilder().addMethods(bridges).build();
  }
}
