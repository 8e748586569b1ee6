package dev.gradpoet.training;

import dev.gradpoet.runtime.files.Excerpt;
import java.util.List;

/** Checks that the validation rows name their values as the training rows do: the same index is then the same class or category, and the same place the same feature. */
final class SameNames {

  private SameNames() {}

  /**
   * Compares the names of inputs, features, categories, targets and classes. Values without names go with any.
   *
   * @throws IllegalArgumentException if names of features, categories, targets or classes differ, or the inputs have the same names in another order
   */
  static void require(Dataset train, Dataset validation) {
    List<String> inputs = train.inputNames();
    if (isReordered(validation.inputNames(), inputs)) {
      throw differ("inputs", validation.inputNames(), inputs, "add the inputs in the same order");
    }
    for (int i = 0; i < Math.min(inputs.size(), validation.inputNames().size()); i++) {
      Values expected = train.values().get(i);
      Values found = validation.values().get(i);
      requireNames("features", expected, found);
      if (expected instanceof IndexValues categories && found instanceof IndexValues others) {
        requireCategories(i, categories, others);
      }
    }
    if (!train.hasClasses() && !validation.hasClasses()) {
      requireTargets(train.targetValues(), validation.targetValues());
    } else if (train.hasClasses() && validation.hasClasses()) {
      requireVocabulary(
          "classes", train.classTarget(), validation.classTarget(), 0, "train.classes()");
    }
  }

  private static boolean isReordered(List<String> found, List<String> expected) {
    return !found.equals(expected)
        && found.stream().sorted().toList().equals(expected.stream().sorted().toList());
  }

  /** The name of a single target does not matter. */
  private static void requireTargets(Values expected, Values found) {
    if (expected.width() > 1) {
      requireNames("targets", expected, found);
    }
  }

  private static void requireNames(String what, Values expected, Values found) {
    boolean named = !expected.names().isEmpty() && !found.names().isEmpty();
    if (named && !found.names().equals(expected.names())) {
      throw differ(
          what,
          found.names(),
          expected.names(),
          "read the same columns in the same order, and a oneHot column of both files with the same Csv.vocabulary(column, Vocabulary.of(..))");
    }
  }

  private static void requireCategories(int input, IndexValues expected, IndexValues found) {
    for (int c = 0; c < Math.min(expected.width(), found.width()); c++) {
      String what = c < found.names().size()
          ? "categories of " + Excerpt.name(found.names().get(c))
          : "categories of column " + c;
      requireVocabulary(what, expected, found, c, "train.vocabulary(" + input + ", " + c + ")");
    }
  }

  private static void requireVocabulary(
      String what, IndexValues expected, IndexValues found, int c, String vocabulary) {
    if (!found.vocabulary(c).agreesWith(expected.vocabulary(c))) {
      throw differ(
          what,
          found.vocabulary(c).names(),
          expected.vocabulary(c).names(),
          c < found.names().size()
              ? "read it with Csv.vocabulary(" + Excerpt.name(found.names().get(c)) + ", "
                  + vocabulary + ")"
              : "make it with DatasetBuilder.classes(labels, " + vocabulary + ")");
    }
  }

  private static IllegalArgumentException differ(
      String what, List<String> found, List<String> expected, String wayOut) {
    int at = 0;
    while (at < Math.min(found.size(), expected.size()) && found.get(at).equals(expected.get(at))) {
      at++;
    }
    return new IllegalArgumentException("the validation data has the " + what + " "
        + Excerpt.names(found, UnknownColumn.MOST_NAMES) + ", expected "
        + Excerpt.names(expected, UnknownColumn.MOST_NAMES)
        + " as in the training data: the name at index "
        + at + " is " + name(found, at) + ", expected " + name(expected, at) + ": "
        + wayOut);
  }

  private static String name(List<String> names, int at) {
    return at < names.size() ? Excerpt.name(names.get(at)) : "none";
  }
}
