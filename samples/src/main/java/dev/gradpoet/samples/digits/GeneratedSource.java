package dev.gradpoet.samples.digits;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** Finds the source that the processor generated for a class in a Maven build. */
final class GeneratedSource {

  private GeneratedSource() {}

  /** The path of the source, or where Maven writes it if the class was not loaded from a build directory. */
  static String of(Class<?> generated) {
    String file = generated.getName().replace('.', '/') + ".java";
    CodeSource source = generated.getProtectionDomain().getCodeSource();
    if (source != null) {
      try {
        Path found = Path.of(source.getLocation().toURI())
            .resolveSibling("generated-sources/annotations")
            .resolve(file);
        if (Files.exists(found)) {
          return found.toString();
        }
      } catch (URISyntaxException | IllegalArgumentException e) {
        // Not loaded from a directory: return where a build writes it.
      }
    }
    return "target/generated-sources/annotations/" + file;
  }
}
