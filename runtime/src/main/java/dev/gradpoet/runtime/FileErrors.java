package dev.gradpoet.runtime;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Errors under the name that the user gave a file. */
final class FileErrors {

  private FileErrors() {}

  /**
   * The same error under the user's path. Those of the file system keep their kind; what they say of other files, such as one on its way to its place,
   * is left out.
   *
   * @param otherwise what to say where the error itself says nothing
   */
  static IOException named(Path path, IOException error, String otherwise) {
    String name = Excerpt.path(path);
    if (!(error instanceof FileSystemException system)) {
      return named(name, error);
    }
    String reason =
        Excerpt.shortened(Optional.ofNullable(system.getReason()).orElse(otherwise), 170);
    if (error instanceof NoSuchFileException) {
      return new NoSuchFileException(
          name, null, system.getReason() == null ? "there is no such file" : reason);
    }
    if (error instanceof AccessDeniedException) {
      return new AccessDeniedException(
          name, null, system.getReason() == null ? otherwise + ": access is denied" : reason);
    }
    return new FileSystemException(name, null, reason);
  }

  /** The same error with the name of what was read before its text. */
  static IOException named(String name, IOException error) {
    String text =
        error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    return new IOException(Excerpt.message(name + ": " + text), error);
  }
}
