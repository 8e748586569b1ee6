package dev.gradpoet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Tensor;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Annotations, runtime and processor can be read from the bottom up: no class and no package needs one that needs it, and no package but those that
 * users import holds more classes than can be looked over.
 *
 * <p>A nested class counts as the one around it. The {@code permits} of a sealed type, which ArchUnit does not read, are no need, nor are its {@code Cases},
 * which name the permitted types again because Java 17 has no patterns in switches.
 */
class CirclesTest {

  private static final int MOST_CLASSES = 20;
  private static final Set<String> OF_USERS = Set.of("dev.gradpoet", "dev.gradpoet.runtime");

  private static final JavaClasses ALL = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.gradpoet");

  @Test
  void allThreeModulesAreThere() {
    assertThat(ALL.contain(Network.class)).isTrue();
    assertThat(ALL.contain(Tensor.class)).isTrue();
    assertThat(ALL.contain(NetworkProcessor.class)).isTrue();
  }

  @Test
  void noPackageNeedsOneThatNeedsIt() {
    assertThat(circular(JavaClass::getPackageName)).isEmpty();
  }

  @Test
  void noClassNeedsOneThatNeedsIt() {
    assertThat(circular(type -> outermost(type).getName())).isEmpty();
  }

  @Test
  void packagesAreSmall() {
    Map<String, Long> sizes = ALL.stream()
        .filter(type -> outermost(type) == type && !OF_USERS.contains(type.getPackageName()))
        .filter(type -> !type.getSimpleName().equals("package-info"))
        .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(sizes)
        .allSatisfy((name, size) ->
            assertThat(size).as("classes of %s", name).isLessThanOrEqualTo(MOST_CLASSES));
  }

  /**
   * All dependencies that are part of a circle; {@code slices().should().beFreeOfCycles()} finds some circles only.
   *
   * @param name of what a class belongs to
   */
  private static Set<String> circular(Function<JavaClass, String> name) {
    Map<String, Set<String>> needs = new TreeMap<>();
    for (JavaClass type : ALL) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        if (isCase(dependency)) {
          continue;
        }
        needs
            .computeIfAbsent(name.apply(type), each -> new TreeSet<>())
            .add(name.apply(dependency.getTargetClass().getBaseComponentType()));
      }
    }
    Set<String> circular = new TreeSet<>();
    needs.forEach((from, targets) -> targets.stream()
        .filter(to -> !to.equals(from) && reachable(to, needs).contains(from))
        .forEach(to -> circular.add(from + " -> " + to)));
    return circular;
  }

  /** Whether a dependency is that of the {@code Cases} of a sealed type on a type that it permits. */
  private static boolean isCase(Dependency dependency) {
    JavaClass cases = dependency.getOriginClass();
    return cases.getSimpleName().equals("Cases")
        && cases
            .getEnclosingClass()
            .filter(around -> around.reflect().isSealed()
                && dependency.getTargetClass().isAssignableTo(around.getName()))
            .isPresent();
  }

  private static Set<String> reachable(String from, Map<String, Set<String>> needs) {
    Set<String> reached = new TreeSet<>();
    reach(from, needs, reached);
    return reached;
  }

  private static void reach(String from, Map<String, Set<String>> needs, Set<String> reached) {
    for (String next : needs.getOrDefault(from, Set.of())) {
      if (reached.add(next)) {
        reach(next, needs, reached);
      }
    }
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(CirclesTest::outermost).orElse(type);
  }
}
