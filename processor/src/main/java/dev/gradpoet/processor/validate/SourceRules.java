package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.LayerKind;
import dev.gradpoet.processor.read.LayerSpec;
import dev.gradpoet.processor.read.NetworkSpec.MethodSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Validates the sources of layers: each must be declared earlier and have a suitable shape. */
final class SourceRules {

  /** Each operand is an argument of a kernel, and a Java method has at most 255. */
  private static final int MAX_SOURCES = 64;

  /** The layers of the network by name, the first of several with the same name. */
  private final Map<String, MethodSpec> layers = new HashMap<>();

  private final Problems problems;
  private final Map<String, Optional<Shape>> shapes;
  private final Map<String, Optional<ValidInput>> inputs;

  /**
   * Rules for the layers of one network.
   *
   * @param shapes the shapes of the inputs and of the layers validated so far; grows with each layer
   * @param inputs the inputs, empty if invalid
   */
  SourceRules(
      List<MethodSpec> methods,
      Problems problems,
      Map<String, Optional<Shape>> shapes,
      Map<String, Optional<ValidInput>> inputs) {
    this.inputs = inputs;
    methods.forEach(method -> layers.putIfAbsent(method.name(), method));
    this.problems = problems;
    this.shapes = shapes;
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

  /** Whether an embedding reads class indices, and any other layer reads numbers. */
  boolean fit(LayerSpec layer, List<String> from) {
    boolean embedding = layer.kind() == LayerKind.EMBEDDING;
    boolean fit = true;
    for (int i = 0; i < from.size(); i++) {
      int operand = i;
      String name = from.get(i);
      boolean unknown = inputs.getOrDefault(name, Optional.empty()).isEmpty()
          && shapes.get(name).isEmpty();
      if (unknown || holdsIndices(name) == embedding) {
        continue;
      }
      fit = false;
      problems.add(
          ProblemCode.INPUT_KIND,
          layer.from().map(written -> written.value().get(operand).site()).orElse(layer.site()),
          "@" + layer.kind().annotation() + " reads " + name
              + (embedding
                  ? " of shape " + shapes.get(name).orElseThrow()
                      + ", expected an input of class indices: declare one, such as @Input(value = 2, classes = 1000)"
                  : ", which holds class indices of shape " + shapes.get(name).orElseThrow()
                      + ", expected numbers: "
                      + (layer.kind() == LayerKind.NORMALIZATION
                          ? "name an input of numbers in from"
                          : "put an @Embedding layer between them")));
    }
    return fit;
  }

  private boolean holdsIndices(String name) {
    return inputs
        .getOrDefault(name, Optional.empty())
        .filter(input -> input.classes().isPresent())
        .isPresent();
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
    if (shapes.containsKey(name)) {
      return true;
    }
    if (layers.containsKey(name)) {
      boolean cycle = reads(name, layer, new HashSet<>());
      problems.add(
          ProblemCode.LATER_SOURCE,
          source.site(),
          "from names " + name + ", which comes later" + (cycle ? " and reads " + layer : "")
              + ", expected an earlier layer" + available()
              + (cycle
                  ? ": a network has no cycles, read another layer"
                  : ": move " + name + " up, or read another layer"));
    } else {
      problems.add(
          ProblemCode.UNKNOWN_SOURCE,
          source.site(),
          "from names \"" + name + "\", expected an earlier layer" + available() + nearest(name));
    }
    return false;
  }

  /** Whether a layer reads another one by its {@code from}, or a layer does that it reads. */
  private boolean reads(String name, String other, Set<String> seen) {
    if (!layers.containsKey(name) || !seen.add(name)) {
      return false;
    }
    return layers.get(name).layers().stream()
        .flatMap(layer -> layer.from().stream())
        .flatMap(from -> from.value().stream())
        .map(Sited::value)
        .anyMatch(source -> source.equals(other) || reads(source, other, seen));
  }

  private String available() {
    return (inputs.containsKey(ValidSpec.INPUT) ? " or \"input\"" : " or an input")
        + " (available: " + String.join(", ", shapes.keySet()) + ")";
  }

  /** A suggestion of the name that was probably meant: the nearest one, if most letters agree. */
  private String nearest(String name) {
    int most = Math.min(Math.max(2, name.length() / 3), name.length() - 1);
    return shapes.keySet().stream()
        .filter(known -> distance(known, name) <= most)
        .min(Comparator.comparing(known -> distance(known, name)))
        .map(known -> ": did you mean \"" + known + "\"?")
        .orElse("");
  }

  /** The shape of an {@code @Add} or {@code @Mul}, empty if it is unknown or the sources differ. */
  Optional<Shape> commonShape(LayerSpec spec, Optional<List<String>> from) {
    List<Optional<Shape>> known = known(from);
    if (known.isEmpty() || known.get(0).isEmpty()) {
      return Optional.empty();
    }
    Shape first = known.get(0).get();
    boolean equal = true;
    for (int i = 1; i < known.size(); i++) {
      Optional<Shape> shape = known.get(i);
      if (shape.isPresent() && !shape.get().equals(first)) {
        List<Sited<String>> sources = spec.from().orElseThrow().value();
        boolean vectors = first.isVector() && shape.get().isVector();
        problems.add(
            ProblemCode.SHAPES_DIFFER,
            sources.get(i).site(),
            sources.get(i).value()
                + (vectors
                    ? " is " + shape.get().size() + " wide, expected " + first.size()
                        + ", the width of "
                    : " has the shape " + shape.get() + ", expected " + first + ", the shape of ")
                + sources.get(0).value() + ": @" + spec.kind().annotation()
                + " needs equal " + (vectors ? "widths" : "shapes")
                + (spec.kind() == LayerKind.ADD ? ", @Concat does not" : ""));
        equal = false;
      }
      equal &= shape.isPresent();
    }
    return equal ? Optional.of(first) : Optional.empty();
  }

  /**
   * The shape of a {@code @Concat}, which is along the first dimension; empty if it is unknown or too large, or if the sources differ in another
   * dimension.
   */
  Optional<Shape> concatenated(LayerSpec spec, Optional<List<String>> from, SizeRules sizes) {
    List<Optional<Shape>> known = known(from);
    if (known.isEmpty() || known.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    Shape first = known.get(0).get();
    boolean fit = true;
    for (int i = 1; i < known.size(); i++) {
      Shape shape = known.get(i).get();
      if (!shape.rest().equals(first.rest())) {
        Sited<String> source = spec.from().orElseThrow().value().get(i);
        problems.add(
            ProblemCode.SHAPES_DIFFER,
            source.site(),
            source.value() + " has the shape " + shape + ", expected one such as " + first
                + ", the shape of " + spec.from().get().value().get(0).value()
                + ": @Concat joins along the first dimension, and the others must be equal");
        fit = false;
      }
    }
    if (!fit) {
      return Optional.empty();
    }
    long values = known.stream().mapToLong(shape -> shape.get().size()).sum();
    return sizes.checkRow(
            "the width of the concatenation", values, spec.from().orElseThrow().site())
        ? Optional.of(first.withFirst(
            known.stream().mapToInt(shape -> shape.get().first()).sum()))
        : Optional.empty();
  }

  private List<Optional<Shape>> known(Optional<List<String>> from) {
    List<Optional<Shape>> known = new ArrayList<>();
    from.ifPresent(sources -> sources.forEach(source -> known.add(shapes.get(source))));
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
