package dev.gradpoet.processor.valid;

import dev.gradpoet.processor.read.NetworkSpec.DeclaredType;
import dev.gradpoet.processor.read.NetworkSpec.MemberSpec;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The interface that declares a network, as far as the generated class needs to know it.
 *
 * @param packageName the package, empty for the unnamed one
 * @param simpleNames the simple names of the enclosing types, outermost first, and of the interface itself
 * @param visible whether the interface and every enclosing type are public
 * @param members the names of the types and constants that the generated class inherits from the interface
 */
public record DeclaredInterface(
    String packageName, List<String> simpleNames, boolean visible, Set<String> members) {

  public DeclaredInterface {
    simpleNames = List.copyOf(simpleNames);
    // in an order, so that the same declaration gives the same bytes
    members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
  }

  /** The interface that was read. */
  public static DeclaredInterface of(DeclaredType type) {
    return new DeclaredInterface(
        type.packageName(),
        type.simpleNames(),
        type.visible(),
        type.members().stream().map(MemberSpec::name).collect(Collectors.toSet()));
  }

  /** {@code DigitsNetwork}, or {@code A_B_DigitsNetwork} for an interface nested in {@code A.B}. */
  public String generatedName() {
    return DeclaredType.generatedName(simpleNames);
  }
}
