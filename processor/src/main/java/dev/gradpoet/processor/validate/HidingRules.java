package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.NetworkSpec;
import dev.gradpoet.processor.read.NetworkSpec.DeclaredType;
import dev.gradpoet.processor.read.NetworkSpec.MemberSpec;
import java.util.Set;

/**
 * Rejects the few names that must not be hidden in the generated class. If the interface has a member with the name of an imported class, the
 * generated code uses the qualified name instead. The remaining names are that of the generated class, those of nested classes whose static methods
 * it calls, and the first names of packages.
 */
final class HidingRules {

  /** The nested classes whose static methods are called. A constant of the same name would hide them, because a variable obscures a class. */
  private static final Set<String> CLASSES = Set.of("Loops", "Losses", "PlainKernels");

  private final NetworkSpec spec;
  private final Problems problems;

  HidingRules(NetworkSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
  }

  /** Whether a declaration has such a name, so that a stub is not possible either. */
  static boolean rejects(NetworkSpec spec) {
    Problems problems = new Problems();
    new HidingRules(spec, problems).check();
    return problems.hasErrors();
  }

  void check() {
    DeclaredType type = spec.type().value();
    String generated = DeclaredType.generatedName(type.simpleNames());
    for (String name : spec.surroundings().packages()) {
      problems.add(
          ProblemCode.HIDING_NAME,
          spec.type().site(),
          "the class " + name + " in the package of " + String.join(".", type.simpleNames())
              + " hides the package " + name
              + " in the generated code, expected a different name: rename the class, or move the interface to another package");
    }
    for (MemberSpec member : type.members()) {
      String name = member.name();
      if (NetworkSpec.PACKAGES.contains(name)) {
        reject(member, "a package");
      } else if (name.equals(generated) || !member.type() && CLASSES.contains(name)) {
        reject(member, "a class");
      }
    }
  }

  private void reject(MemberSpec member, String hidden) {
    problems.add(
        ProblemCode.HIDING_NAME,
        member.site(),
        "the " + (member.type() ? "type " : "constant ") + member.name() + " hides " + hidden
            + " that the generated code refers to by this name, expected a different name: rename it");
  }
}
