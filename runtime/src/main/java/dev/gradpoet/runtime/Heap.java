package dev.gradpoet.runtime;

import java.io.IOException;
import java.util.Locale;

/** Refuses what cannot be held in memory before it is asked for. */
final class Heap {

  private Heap() {}

  /**
   * Refuses more bytes than the heap may ever have.
   *
   * @param what takes them
   */
  static void require(long bytes, String what) throws IOException {
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw new IOException(
          what + " needs " + size(bytes) + " of memory, but the maximum heap size is " + size(most)
              + ": start Java with a larger -Xmx");
    }
  }

  private static String size(long bytes) {
    return bytes < 1e9
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
