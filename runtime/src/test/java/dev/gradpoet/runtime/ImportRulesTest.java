package dev.gradpoet.runtime;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The guarantees of the runtime: no dependencies, no reflection, no shared state, and no numbers that depend on the platform. */
class ImportRulesTest {

  /** The methods of {@link Math} whose last bits depend on the platform. */
  private static final Set<String> LOOSE = Set.of(
      "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "expm1", "log", "log10", "log1p",
      "pow", "sinh", "cosh", "tanh", "cbrt", "hypot");

  private static final JavaClasses RUNTIME = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.gradpoet");

  @Test
  void dependsOnTheLanguageAndTheAnnotationsAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.gradpoet..",
            "java.io",
            "java.nio..",
            "java.lang",
            "java.lang.annotation",
            "java.lang.runtime",
            "java.lang.module",
            "java.lang.invoke",
            "java.lang.ref",
            "java.math",
            "java.util..")
        .check(RUNTIME);
  }

  @Test
  void neverNamesTheVectorModuleOrReflection() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jdk.incubator..", "java.lang.reflect..")
        .check(RUNTIME);
  }

  @Test
  void hasNoStaticStateThatCanBeSet() {
    fields().that().areStatic().should().beFinal().check(RUNTIME);
  }

  @Test
  void callsNoFunctionWhoseBitsThePlatformChooses() {
    noClasses().should(callMethodWhere(isLoose())).check(RUNTIME);
  }

  private static DescribedPredicate<JavaMethodCall> isLoose() {
    return DescribedPredicate.describe(
        "a method of Math that is exact to an ulp only",
        call -> call.getTargetOwner().isEquivalentTo(Math.class) && LOOSE.contains(call.getName()));
  }
}
