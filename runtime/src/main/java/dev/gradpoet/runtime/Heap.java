package dev.gradpoet.runtime;

import java.io.IOException;
import java.util.Locale;

/** Refuses what cannot be held in memory before it is asked for. */
final class Heap {

  private static final double GIGA = 1e9;

  private Heap() {}

  /**
   * Refuses more bytes than the heap may ever have.
   *
   * @param what takes them
   */
  static void require(long bytes, String what) throws IOException {
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw new IOException(String.format(
          Locale.ROOT,
          "%s needs %.1f GB of memory, and Java may take %.1f GB: start it with a larger -Xmx",
          what,
          bytes / GIGA,
          most / GIGA));
    }
  }
}
