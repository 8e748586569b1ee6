package dev.gradpoet.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says which name of a file is which of a network, where only the names differ: an {@code nn.Sequential} counts activations, too, so that its {@code
 * 2.weight} is {@code 1.weight} here.
 *
 * <p>Files hold their tensors sorted by name as text, so modules are put into the order of the numbers in their names; they match if, one by one,
 * they have the same parameters in the same shapes.
 */
final class NameHint {

  /** The longest text that is shown in full. */
  private static final int LONGEST = 160;

  /** What {@code Map.of} takes. */
  private static final int PAIRS = 10;

  /** {@code 2} before {@code 10}. */
  private static final Comparator<String> NUMBERS_BY_VALUE = (a, b) -> {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endA = endOfRun(a, i);
      int endB = endOfRun(b, j);
      String runA = a.substring(i, endA);
      String runB = b.substring(j, endB);
      boolean numbers = isDigit(a.charAt(i)) && isDigit(b.charAt(j));
      int order = numbers && runA.length() != runB.length()
          ? Integer.compare(runA.length(), runB.length())
          : runA.compareTo(runB);
      if (order != 0) {
        return order;
      }
      i = endA;
      j = endB;
    }
    return Integer.compare(a.length() - i, b.length() - j);
  };

  private NameHint() {}

  /**
   * What to pass to {@code load}, as Java.
   *
   * @param found the shapes in the file, by name
   * @param expected the shapes of the network, by name, in order
   * @return {@code Map.of("2.weight", "1.weight", ...)}, or an empty text where shapes differ or nothing is to be renamed
   */
  static String of(Map<String, int[]> found, Map<String, int[]> expected) {
    Map<String, Map<String, int[]>> there = new TreeMap<>(NUMBERS_BY_VALUE);
    there.putAll(modules(found));
    Map<String, Map<String, int[]>> here = modules(expected);
    if (found.size() != expected.size() || there.size() != here.size()) {
      return "";
    }
    List<String> modulesHere = new ArrayList<>(here.keySet());
    List<String> pairs = new ArrayList<>();
    int next = 0;
    for (Map.Entry<String, Map<String, int[]>> module : there.entrySet()) {
      String name = modulesHere.get(next++);
      if (!same(module.getValue(), here.get(name))) {
        return "";
      }
      if (!name.equals(module.getKey())) {
        for (String parameter : here.get(name).keySet()) {
          pairs.add(quoted(module.getKey() + parameter) + ", " + quoted(name + parameter));
        }
      }
    }
    return pairs.isEmpty() ? "" : inJava(pairs);
  }

  /** The parameters of each module by what follows its name: {@code .weight} of {@code 2.weight}. */
  private static Map<String, Map<String, int[]>> modules(Map<String, int[]> shapes) {
    Map<String, Map<String, int[]>> modules = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> {
      int dot = Math.max(0, name.lastIndexOf('.'));
      modules
          .computeIfAbsent(name.substring(0, dot), key -> new LinkedHashMap<>())
          .put(name.substring(dot), shape);
    });
    return modules;
  }

  private static boolean same(Map<String, int[]> found, Map<String, int[]> expected) {
    return found.keySet().equals(expected.keySet())
        && expected.entrySet().stream()
            .allMatch(each -> Arrays.equals(each.getValue(), found.get(each.getKey())));
  }

  private static String inJava(List<String> pairs) {
    String text = "Map.of(" + String.join(", ", pairs) + ")";
    if (pairs.size() <= PAIRS && text.length() <= LONGEST) {
      return text;
    }
    StringBuilder shown = new StringBuilder("Map.ofEntries(");
    for (String pair : pairs) {
      if (shown.length() + pair.length() > LONGEST) {
        break;
      }
      shown.append("Map.entry(").append(pair).append("), ");
    }
    return shown + "...), " + pairs.size() + " names in this order";
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** The end of the digits, or of what is none, that begin at a place. */
  private static int endOfRun(String text, int start) {
    int end = start + 1;
    while (end < text.length() && isDigit(text.charAt(end)) == isDigit(text.charAt(start))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
