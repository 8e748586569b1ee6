package dev.gradpoet.spark;

import java.io.Closeable;
import java.io.IOException;

/** Closes what is no longer needed, all of it. */
final class Closing {

  private Closing() {}

  /** Closes each that is not null; one that cannot be closed is given up, because nobody waits for what it would still have sent. */
  static void quietly(Closeable... resources) {
    for (Closeable resource : resources) {
      try {
        if (resource != null) {
          resource.close();
        }
      } catch (IOException e) {
        // the others are closed all the same
      }
    }
  }
}
