package dev.gradpoet.training;

import java.util.AbstractList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

/** The names of classes or categories, each with its index, from 0. An immutable value. */
public final class Vocabulary {

  private final List<String> names;

  /** The index of each name; null if the names are their numbers. */
  private final Map<String, Integer> indices;

  private Vocabulary(int size) {
    this.names = new NumberNames(size);
    this.indices = null;
  }

  private Vocabulary(List<String> names) {
    this.names = List.copyOf(names);
    this.indices = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (indices.putIfAbsent(names.get(i), i) != null) {
        throw new IllegalArgumentException(
            "the vocabulary holds \"" + names.get(i) + "\" twice, expected distinct names");
      }
    }
  }

  /** Names that take no memory, because a wrong label may be large. */
  private static final class NumberNames extends AbstractList<String> implements RandomAccess {

    private final int size;

    NumberNames(int size) {
      this.size = size;
    }

    @Override
    public String get(int index) {
      return Integer.toString(Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
      return size;
    }
  }

  /**
   * Names in the order of their indices.
   *
   * @throws IllegalArgumentException if a name occurs twice
   * @throws NullPointerException if a name is null
   */
  public static Vocabulary of(String... names) {
    return of(List.of(Objects.requireNonNull(names, "names")));
  }

  /** Names in the order of their indices, as {@link #of(String...)}. */
  public static Vocabulary of(List<String> names) {
    return new Vocabulary(Objects.requireNonNull(names, "names"));
  }

  /** The names {@code 0} to {@code size - 1}, of indices that have no names. */
  static Vocabulary numbered(int size) {
    return new Vocabulary(size);
  }

  /** The names in order, by value if all are integers: the order in which scikit-learn's {@code LabelEncoder} counts classes. */
  static Vocabulary sorted(Collection<String> names) {
    boolean integers = names.stream().allMatch(name -> name.matches("-?[0-9]{1,18}"));
    Comparator<String> order =
        integers ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
    return new Vocabulary(names.stream().sorted(order).toList());
  }

  /** The number of names. */
  public int size() {
    return names.size();
  }

  /** The names in the order of their indices, as an unmodifiable list. */
  public List<String> names() {
    return names;
  }

  /**
   * The name with an index.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public String name(int index) {
    return names.get(index);
  }

  /** The index of a name, or -1 if it is not in the vocabulary. */
  public int index(String name) {
    Objects.requireNonNull(name, "name");
    if (indices != null) {
      return indices.getOrDefault(name, -1);
    }
    boolean isNumber = name.matches("0|[1-9][0-9]{0,9}");
    return isNumber && Long.parseLong(name) < size() ? Integer.parseInt(name) : -1;
  }

  /** Whether an index means the same in both: one has the first names of the other, or indices that have no names. */
  boolean agreesWith(Vocabulary that) {
    int both = Math.min(size(), that.size());
    return indices == null
        || that.indices == null
        || names.subList(0, both).equals(that.names.subList(0, both));
  }

  /** Whether it is a vocabulary of the same names in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && names.equals(that.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  /** The names, as a list is printed. */
  @Override
  public String toString() {
    return names.toString();
  }
}
