package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.LayerKind;
import dev.gradpoet.processor.read.LayerSpec;
import dev.gradpoet.processor.read.NetworkSpec.MethodSpec;
import dev.gradpoet.processor.read.Sited;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Validates the sources of layers: each must be declared earlier and have a suitable width. */
final class SourceRules {

  /** Each operand is an argument of a kernel, and a Java method has at most 255. */
  private static final int MAX_SOURCES = 64;

  private final List<String> names;
  private final Problems problems;
  private final Map<String, Optional<Integer>> widths;

  /**
   * Rules for the layers of one network.
   *
   * @param widths the widths of the input and of the layers validated so far; grows with each layer
   */
  SourceRules(List<MethodSpec> methods, Problems problems, Map<String, Optional<Integer>> widths) {
    this.names = methods.stream().map(MethodSpec::name).toList();
    this.problems = problems;
    this.widths = widths;
  }

  /** The names of the sources of a layer, or empty if one is invalid. */
  Optional<List<String>> resolve(String layer, LayerSpec spec, String before) {
    if (spec.from().isEmpty()) {
      return Optional.of(List.of(before));
    }
    Sited<List<Sited<String>>> from = spec.from().get();
    int errors = 0;
    if (spec.kind().merges() && from.value().size() < 2) {
      problems.add(
          ProblemCode.TOO_FEW_SOURCES,
          from.site(),
          "from names " + from.value().size() + ", expected at least 2: @"
              + spec.kind().annotation() + " merges several layers");
      errors++;
    }
    if (from.value().size() > MAX_SOURCES) {
      problems.add(
          ProblemCode.TOO_MANY_SOURCES,
          from.site(),
          "from names " + from.value().size() + ", expected at most " + MAX_SOURCES
              + ": merge in several steps");
      errors++;
    }
    for (Sited<String> source : from.value()) {
      errors += isKnown(layer, source) ? 0 : 1;
    }
    return errors == 0
        ? Optional.of(from.value().stream().map(Sited::value).toList())
        : Optional.empty();
  }

  private boolean isKnown(String layer, Sited<String> source) {
    String name = source.value();
    if (name.equals(layer)) {
      problems.add(
          ProblemCode.OWN_SOURCE,
          source.site(),
          "from names the layer " + layer + " itself, expected an earlier one" + available());
      return false;
    }
    if (widths.containsKey(name)) {
      return true;
    }
    if (names.contains(name)) {
      problems.add(
          ProblemCode.LATER_SOURCE,
          source.site(),
          "from names " + name + ", which comes later, expected an earlier layer" + available()
              + ": move " + name + " up, or read another layer");
    } else {
      problems.add(
          ProblemCode.UNKNOWN_SOURCE,
          source.site(),
          "from names \"" + name + "\", expected an earlier layer" + available() + nearest(name));
    }
    return false;
  }

  private String available() {
    return " or \"input\" (there are " + String.join(", ", widths.keySet()) + ")";
  }

  /** A suggestion of the name that was probably meant: the nearest one, if most letters agree. */
  private String nearest(String name) {
    int most = Math.min(Math.max(2, name.length() / 3), name.length() - 1);
    return widths.keySet().stream()
        .filter(known -> distance(known, name) <= most)
        .min(Comparator.comparing(known -> distance(known, name)))
        .map(known -> ": did you mean \"" + known + "\"?")
        .orElse("");
  }

  /** The width of an {@code @Add} or {@code @Mul}, empty if it is unknown or the sources differ. */
  Optional<Integer> commonWidth(LayerSpec spec, Optional<List<String>> from) {
    List<Optional<Integer>> known = known(from);
    if (known.isEmpty() || known.get(0).isEmpty()) {
      return Optional.empty();
    }
    int first = known.get(0).get();
    boolean equal = true;
    for (int i = 1; i < known.size(); i++) {
      Optional<Integer> width = known.get(i);
      if (width.isPresent() && width.get() != first) {
        List<Sited<String>> sources = spec.from().orElseThrow().value();
        problems.add(
            ProblemCode.WIDTHS_DIFFER,
            sources.get(i).site(),
            sources.get(i).value() + " is " + width.get() + " wide, expected " + first + " as "
                + sources.get(0).value() + ": @" + spec.kind().annotation()
                + " needs equal widths"
                + (spec.kind() == LayerKind.ADD ? ", @Concat does not" : ""));
        equal = false;
      }
      equal &= width.isPresent();
    }
    return equal ? Optional.of(first) : Optional.empty();
  }

  /** The width of a {@code @Concat}, empty if it is unknown or too large. */
  Optional<Integer> totalWidth(LayerSpec spec, Optional<List<String>> from, SizeRules sizes) {
    List<Optional<Integer>> known = known(from);
    if (known.isEmpty() || known.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    long total = known.stream().mapToLong(Optional::get).sum();
    return sizes.checkRow(
            "the width of the concatenation", total, spec.from().orElseThrow().site())
        ? Optional.of((int) total)
        : Optional.empty();
  }

  private List<Optional<Integer>> known(Optional<List<String>> from) {
    List<Optional<Integer>> known = new ArrayList<>();
    from.ifPresent(sources -> sources.forEach(source -> known.add(widths.get(source))));
    return known;
  }

  /** The number of letters to change, add or remove, ignoring case (V. Levenshtein, 1965). */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
