package dev.gradpoet.onnx.testing;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Finds the files of the tests. */
public final class Resources {

  private Resources() {}

  /** A file or directory of {@code src/test/resources}. */
  public static Path path(String name) {
    try {
      return Path.of(Resources.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
