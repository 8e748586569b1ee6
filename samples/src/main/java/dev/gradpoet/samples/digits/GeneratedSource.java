package dev.gradpoet.samples.digits;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** Finds the source that the processor wrote for a class, in a Maven build. */
final class GeneratedSource {

  private GeneratedSource() {}

  /** Where it lies, or where Maven writes it if the class came from somewhere else. */
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
        // Loaded from somewhere that is not a directory: say where a build puts it.
      }
    }
    return "target/generated-sources/annotations/" + file;
  }
}
