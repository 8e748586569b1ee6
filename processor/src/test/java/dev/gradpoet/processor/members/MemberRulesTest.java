package dev.gradpoet.processor.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.members.MemberCase.Place;
import dev.gradpoet.processor.testing.FileCompiler;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.Model;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Redeclares every method of {@code Model}, Object and the generated class in the interface, in every way: either the generated class compiles
 * without messages, or there is one error of ours at the user's line.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemberRulesTest {

  private static final Pattern INHERITED =
      Pattern.compile("(?s)Case\\d+\\.java:\\d+ .*Base(\\d+)_(\\d+)\\b.*");
  private static final Pattern OWN = Pattern.compile("(?s)Case(\\d+)\\.java:(\\d+) .*");

  /** The methods of each declaration. */
  private final List<List<MemberCase>> declarations = new ArrayList<>();

  /** The message for each method that is rejected. */
  private Map<MemberCase, List<String>> refused;

  @BeforeAll
  void compileAllCases(@TempDir Path directory) throws Exception {
    Map<String, List<MemberCase>> sorted = new TreeMap<>();
    for (Method method : methods()) {
      for (MemberCase each : MemberCase.of(method)) {
        sorted
            .computeIfAbsent(each.place() + " " + each.form(), key -> new ArrayList<>())
            .add(each);
      }
    }
    declarations.addAll(sorted.values());
    refused = said(directory, declarations, "-proc:only");
  }

  private Stream<MemberCase> cases() {
    return declarations.stream().flatMap(List::stream);
  }

  /** One method for each name and parameters that an interface can declare. */
  private static List<Method> methods() throws ClassNotFoundException {
    Class<?> generated = SourceCompiler.process(Map.of(
            "test.Probe",
            "package test; @dev.gradpoet.Network(layers = {1, 1}) public interface Probe {}"))
        .loadClass("test.ProbeNetwork");
    Set<String> seen = new HashSet<>();
    return Stream.concat(
            Stream.<Class<?>>iterate(generated, type -> type != Object.class, Class::getSuperclass),
            Stream.of(Model.class, Object.class))
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
            .sorted(Comparator.comparing(Method::toGenericString)))
        .filter(method -> !method.isSynthetic() && !method.isBridge())
        .filter(method ->
            method.getDeclaringClass() == generated || !Modifier.isPrivate(method.getModifiers()))
        .filter(method -> Arrays.stream(method.getParameterTypes())
            .noneMatch(type -> Modifier.isPrivate(type.getModifiers())))
        .filter(method -> seen.add(method.getName() + Arrays.toString(method.getParameterTypes())))
        .toList();
  }

  @Test
  void eachMethodGivesAtMostOneError() {
    assertThat(cases()).hasSizeGreaterThan(700);
    refused.forEach((each, said) -> assertThat(said)
        .as("%s", each)
        .hasSize(1)
        .allMatch(line -> line.matches("(?s).*\\[GP0\\d\\d]")));
  }

  @Test
  void aMethodWithABodyMustNotConflictWithTheClass() {
    assertThat(cases().filter(each -> each.place().isDefault()))
        .hasSizeGreaterThan(200)
        .allSatisfy(each -> assertThat(refused.get(each))
            .as("%s", each)
            .allMatch(line -> line.contains("[GP038]")));
  }

  @Test
  void abstractMethodsOfTheClassAreImplemented() {
    assertThat(cases()
            .filter(MemberCase::isImplemented)
            .filter(each ->
                each.place() != Place.ABSTRACT_AND_MODEL || !each.method().isDefault()))
        .hasSizeGreaterThan(60)
        .doesNotContainAnyElementsOf(refused.keySet());
  }

  /**
   * Methods that no interface may have, such as a static {@code notify()}, are rejected by javac at the user's line; everything else compiles with
   * all lint warnings enabled.
   */
  @Test
  @Tag("exhaustive")
  void acceptedDeclarationsCompileWithoutMessagesAboutTheGeneratedClass(@TempDir Path directory)
      throws IOException {
    List<List<MemberCase>> taken = without(declarations, refused.keySet());
    Map<MemberCase, List<String>> ofJavac =
        said(Files.createDirectory(directory.resolve("once")), taken, "-Xlint:all", "-Werror");
    ofJavac.forEach((each, said) -> assertThat(said)
        .as("%s", each)
        .hasSize(1)
        .allMatch(line -> line.contains("clash") || line.contains("cannot override")));
    List<List<MemberCase>> clean = without(taken, ofJavac.keySet());

    assertThat(clean.stream().flatMap(List::stream)).hasSizeGreaterThan(200);
    assertThat(
            said(Files.createDirectory(directory.resolve("again")), clean, "-Xlint:all", "-Werror"))
        .isEmpty();
  }

  private static List<List<MemberCase>> without(
      List<List<MemberCase>> declarations, Set<MemberCase> refused) {
    return declarations.stream()
        .map(cases -> cases.stream().filter(each -> !refused.contains(each)).toList())
        .filter(cases -> !cases.isEmpty())
        .toList();
  }

  /** javac's message for each method. There must be none about a generated class. */
  private static Map<MemberCase, List<String>> said(
      Path directory, List<List<MemberCase>> declarations, String... options) throws IOException {
    FileCompiler compiler = new FileCompiler(directory);
    for (int i = 0; i < declarations.size(); i++) {
      compiler.add("test/Case" + i + ".java", MemberCase.source(i, declarations.get(i)));
    }
    List<String> all = new ArrayList<>(List.of("-cp", FileCompiler.runtime(), "-Xmaxerrs", "9999"));
    all.addAll(List.of(options));
    Map<MemberCase, List<String>> sorted = new HashMap<>();
    for (String line : compiler.compile(all.toArray(String[]::new))) {
      Matcher inherited = INHERITED.matcher(line);
      Matcher own = OWN.matcher(line);
      MemberCase each;
      if (inherited.matches()) {
        each = declarations
            .get(Integer.parseInt(inherited.group(1)))
            .get(Integer.parseInt(inherited.group(2)));
      } else if (own.matches()) {
        each = declarations
            .get(Integer.parseInt(own.group(1)))
            .get(Integer.parseInt(own.group(2)) - 4);
      } else {
        throw new AssertionError(line);
      }
      sorted.computeIfAbsent(each, key -> new ArrayList<>()).add(line);
    }
    return sorted;
  }
}
