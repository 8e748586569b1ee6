package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.read.NetworkSpec.DeclaredType;
import java.util.List;

/**
 * The interface that declares a network, as far as the generated class needs to know it.
 *
 * @param packageName the package, empty for the unnamed one
 * @param simpleNames the simple names of the enclosing types, outermost first, and of the interface itself
 * @param visible whether the interface and every enclosing type are public
 */
public record DeclaredInterface(String packageName, List<String> simpleNames, boolean visible) {

  public DeclaredInterface {
    simpleNames = List.copyOf(simpleNames);
  }

  /** {@code DigitsNetwork}, or {@code A_B_DigitsNetwork} for an interface nested in {@code A.B}. */
  public String generatedName() {
    return DeclaredType.generatedName(simpleNames);
  }
}
