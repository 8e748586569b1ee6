package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.valid.DeclaredInterface;
import java.util.List;
import java.util.Set;

/**
 * The properties of the declaration, an interface, that the generated class depends on.
 *
 * @param packageName the package, empty for the unnamed one
 * @param simpleNames the simple names of the enclosing types, outermost first, and of the interface itself
 * @param generatedName the simple name of the generated class
 * @param visible whether the interface and every enclosing type are public
 * @param members the names of the types and constants that the generated class inherits from the interface, in alphabetical order
 * @param methods whether each layer is a method of the interface (false in the shorthand form, whose layers are {@code 0}, {@code 1}, ...)
 */
public record Declaration(
    String packageName,
    List<String> simpleNames,
    String generatedName,
    boolean visible,
    Set<String> members,
    boolean methods) {

  static Declaration of(DeclaredInterface declared, boolean methods) {
    return new Declaration(
        declared.packageName(),
        declared.simpleNames(),
        declared.generatedName(),
        declared.visible(),
        declared.members(),
        methods);
  }
}
