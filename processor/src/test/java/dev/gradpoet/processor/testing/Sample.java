package dev.gradpoet.processor.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The same few of many cases on every run: those of tests that have an {@code exhaustive} test of all cases beside them. */
public final class Sample {

  private Sample() {}

  /** The first of every n cases. */
  public static <T> List<T> oneIn(int n, List<T> all) {
    return IntStream.range(0, all.size())
        .filter(i -> i % n == 0)
        .mapToObj(all::get)
        .toList();
  }

  /** The first of every n entries, in their order. */
  public static <K, V> Map<K, V> oneIn(int n, Map<K, V> all) {
    Map<K, V> some = new LinkedHashMap<>();
    oneIn(n, List.copyOf(all.keySet())).forEach(key -> some.put(key, all.get(key)));
    return some;
  }
}
