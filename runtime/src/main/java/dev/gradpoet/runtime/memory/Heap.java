package dev.gradpoet.runtime.memory;

import java.util.Locale;
import java.util.Optional;

/** Refuses what no heap of this virtual machine could hold, before anything is allocated. */
public final class Heap {

  /** The longest array that HotSpot makes for every type and with every option. */
  public static final int LONGEST = Integer.MAX_VALUE - 8;

  private Heap() {}

  /**
   * Checks that an array may be so long.
   *
   * @param what what is to be allocated, for the text
   * @param length its length
   * @param bytes of a value
   * @return the length
   * @throws IllegalArgumentException if it is more than an array or the heap holds
   */
  public static int array(String what, long length, int bytes) {
    if (length > LONGEST) {
      throw new IllegalArgumentException(what + " takes " + length + " values, expected at most "
          + LONGEST + ", the maximum array length: split it");
    }
    bytes(what, length * bytes);
    return (int) length;
  }

  /**
   * Checks that so many bytes may fit.
   *
   * @param what what is to be allocated, for the text
   * @throws IllegalArgumentException if they are more than the heap may ever have
   */
  public static void bytes(String what, long bytes) {
    Optional<String> problem = problem(what, bytes);
    if (problem.isPresent()) {
      throw new IllegalArgumentException(problem.get());
    }
  }

  /** The text of {@link #bytes}, for who throws another exception; empty if they may fit. */
  public static Optional<String> problem(String what, long bytes) {
    long most = Runtime.getRuntime().maxMemory();
    return bytes <= most
        ? Optional.empty()
        : Optional.of(what + " needs " + size(bytes) + " of memory, expected at most " + size(most)
            + ", the maximum heap size: start Java with a larger -Xmx");
  }

  private static String size(long bytes) {
    return bytes < 1e9
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
