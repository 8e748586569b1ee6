package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The module can be read from the bottom up: no class and no package needs one that needs it. A nested class counts as the one around it. */
class CirclesTest {

  private static final String MODULE = "dev.gradpoet.training";

  private static final JavaClasses ALL =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void noClassNeedsOneThatNeedsIt() {
    assertThat(ALL.contain(Training.class)).isTrue();
    assertThat(circular(type -> outermost(type).getName())).isEmpty();
  }

  @Test
  void noPackageNeedsOneThatNeedsIt() {
    assertThat(circular(JavaClass::getPackageName)).isEmpty();
  }

  @Test
  void theModuleUsesNothingButTheRuntimeCommonsCsvAndJava() {
    assertThat(ALL.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(type -> !type.isPrimitive())
            .map(JavaClass::getPackageName)
            .filter(name -> !name.startsWith("java.") && !name.startsWith(MODULE)))
        .isSubsetOf(
            "dev.gradpoet",
            "dev.gradpoet.runtime",
            "dev.gradpoet.runtime.files",
            "org.apache.commons.csv");
  }

  private static Set<String> circular(Function<JavaClass, String> name) {
    Map<String, Set<String>> needs = new TreeMap<>();
    for (JavaClass type : ALL) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(MODULE)) {
          needs.computeIfAbsent(name.apply(type), each -> new TreeSet<>()).add(name.apply(target));
        }
      }
    }
    Set<String> circular = new TreeSet<>();
    needs.forEach((from, targets) -> targets.stream()
        .filter(to -> !to.equals(from) && reached(to, needs, new HashSet<>()).contains(from))
        .forEach(to -> circular.add(from + " -> " + to)));
    return circular;
  }

  private static Set<String> reached(String from, Map<String, Set<String>> needs, Set<String> all) {
    for (String next : needs.getOrDefault(from, Set.of())) {
      if (all.add(next)) {
        reached(next, needs, all);
      }
    }
    return all;
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(CirclesTest::outermost).orElse(type);
  }
}
