package dev.gradpoet.processor;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import dev.gradpoet.processor.diagnostic.ElementSite;
import dev.gradpoet.processor.diagnostic.ProblemPrinter;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** The house: one package a stage, data walks one way, and javac stops at the door. */
class ImportRulesTest {

  private static final String ROOT = "dev.gradpoet.processor";
  private static final String JAVAPOET = "com.palantir.javapoet..";

  /** The language and the annotations: what every stage may use. */
  private static final String[] COMMON = {
    "java.lang..", "java.math..", "java.util..", "dev.gradpoet"
  };

  private static final JavaClasses STAGES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages(ROOT);

  @Test
  void readOpensAnnotationsForSpecs() {
    stage("read", resideInAnyPackage("javax.lang.model.."), "diagnostic");
  }

  @Test
  void validateKnowsSpecsAndProblemsAndNothingOfJavac() {
    stage("validate", nothing(), "read", "diagnostic", "shape", "valid");
    stage("valid", nothing(), "read", "shape");
    stage("shape", nothing());
  }

  @Test
  void graphKnowsCheckedSpecsAlone() {
    stage("graph", nothing(), "valid", "graph.formula", "shape");
    stage("graph.formula", nothing(), "valid");
  }

  @Test
  void planKnowsGraphs() {
    stage("plan", nothing(), "graph", "graph.formula", "plan.tiling", "shape");
    stage("plan.planner", nothing(), "graph", "graph.formula", "plan", "plan.tiling", "shape");
    stage("plan.tiling", nothing());
  }

  @Test
  void emitTurnsPlansIntoJavaPoet() {
    emit("emit.code");
    emit("emit.kernel.vector", "emit.code");
    emit("emit.kernel", "emit.code", "emit.kernel.vector");
    emit("emit.kernel.layer", "emit.code", "emit.kernel");
    emit("emit.kernel.family", "emit.code", "emit.kernel", "emit.kernel.layer");
    emit(
        "emit.kernel.plain", "emit.code", "emit.kernel", "emit.kernel.family", "emit.kernel.layer");
    emit("emit.kernel.simd.loop", "emit.code", "emit.kernel", "emit.kernel.family");
    emit(
        "emit.kernel.simd.map",
        "emit.code",
        "emit.kernel",
        "emit.kernel.family",
        "emit.kernel.simd.loop",
        "emit.kernel.vector");
    emit(
        "emit.kernel.simd",
        "emit.code",
        "emit.kernel",
        "emit.kernel.family",
        "emit.kernel.layer",
        "emit.kernel.simd.loop",
        "emit.kernel.simd.map",
        "emit.kernel.vector");
    emit("emit.loss", "emit.code", "emit.kernel");
    emit("emit.network", "emit.code", "emit.kernel", "emit.kernel.vector");
    emit("emit.trainer", "emit.code", "emit.kernel", "emit.loss", "emit.network");
    emit(
        "emit",
        "emit.code",
        "emit.kernel",
        "emit.kernel.family",
        "emit.kernel.layer",
        "emit.kernel.vector",
        "emit.kernel.plain",
        "emit.kernel.simd",
        "emit.loss",
        "emit.network",
        "emit.trainer");
  }

  /** A package below emit knows the plan, formulas and the named packages. */
  private static void emit(String name, String... others) {
    String[] before = Stream.concat(
            Stream.of("graph", "graph.formula", "plan", "plan.tiling", "shape"),
            Arrays.stream(others))
        .toArray(String[]::new);
    stage(name, resideInAnyPackage(JAVAPOET).or(equivalentTo(Modifier.class)), before);
  }

  @Test
  void membersComparesJavaPoetWithTheInterface() {
    stage("members", resideInAnyPackage(JAVAPOET, "javax.lang.model.."), "diagnostic", "read");
  }

  @Test
  void writeHandsTypesToTheFiler() {
    stage(
        "write",
        resideInAnyPackage(JAVAPOET, "java.io..", "javax.lang.model..")
            .or(equivalentTo(Filer.class))
            .or(equivalentTo(FilerException.class))
            .or(equivalentTo(JavaFileObject.class)));
  }

  @Test
  void onlyThePrinterAndItsSitesSeeJavacInTheDiagnostics() {
    stage("diagnostic", resideInAnyPackage("javax.."));
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".diagnostic")
        .and()
        .doNotBelongToAnyOf(ProblemPrinter.class, ElementSite.class)
        .should()
        .dependOnClassesThat(resideInAnyPackage("javax.."))
        .check(STAGES);
  }

  @Test
  void onlyReadMakesSitesAndOnlyThePrinterOpensThem() {
    classes()
        .that()
        .areAssignableTo(ElementSite.class)
        .should()
        .onlyHaveDependentClassesThat(resideInAnyPackage(ROOT + ".read")
            .or(equivalentTo(ProblemPrinter.class))
            .or(equivalentTo(ElementSite.class)))
        .check(STAGES);
  }

  @Test
  void everyPackageIsAStageWithARule() {
    Set<String> packages = STAGES.stream()
        .map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));

    assertThat(packages)
        .containsExactly(
            ROOT,
            ROOT + ".diagnostic",
            ROOT + ".emit",
            ROOT + ".emit.code",
            ROOT + ".emit.kernel",
            ROOT + ".emit.kernel.family",
            ROOT + ".emit.kernel.layer",
            ROOT + ".emit.kernel.plain",
            ROOT + ".emit.kernel.simd",
            ROOT + ".emit.kernel.simd.loop",
            ROOT + ".emit.kernel.simd.map",
            ROOT + ".emit.kernel.vector",
            ROOT + ".emit.loss",
            ROOT + ".emit.network",
            ROOT + ".emit.trainer",
            ROOT + ".graph",
            ROOT + ".graph.formula",
            ROOT + ".members",
            ROOT + ".plan",
            ROOT + ".plan.planner",
            ROOT + ".plan.tiling",
            ROOT + ".read",
            ROOT + ".shape",
            ROOT + ".valid",
            ROOT + ".validate",
            ROOT + ".write");
  }

  private static DescribedPredicate<JavaClass> nothing() {
    return not(resideInAnyPackage(".."));
  }

  /** A stage depends on itself, the common packages, what is allowed and the named stages before it. */
  private static void stage(
      String name, DescribedPredicate<? super JavaClass> allowed, String... before) {
    String[] packages = Stream.of(
            Arrays.stream(COMMON),
            Stream.of(ROOT + "." + name),
            Arrays.stream(before).map(stage -> ROOT + "." + stage))
        .flatMap(stream -> stream)
        .toArray(String[]::new);
    ClassesShouldConjunction rule = classes()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(packages)
            .or(DescribedPredicate.<JavaClass>describe("allowed", allowed::test)));
    rule.check(STAGES);
  }
}
