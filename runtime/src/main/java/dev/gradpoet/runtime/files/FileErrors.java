package dev.gradpoet.runtime.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Rewrites errors so that they name a file as the user did. */
public final class FileErrors {

  private FileErrors() {}

  /**
   * The same error with the user's path. An error of the file system keeps its type; other files that it mentions, such as a temporary one, are left
   * out.
   *
   * @param otherwise the text if the error has none
   */
  public static IOException named(Path path, IOException error, String otherwise) {
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

  /**
   * Opens a file to read it.
   *
   * @throws IOException if it cannot be read; the message names it and says why
   */
  public static InputStream open(Path path) throws IOException {
    try {
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw named(path, e, "it cannot be read");
    }
  }

  /** The same error with the name of the source before its text. */
  public static IOException named(String name, IOException error) {
    String text =
        error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    return new IOException(Excerpt.message(name + ": " + text), error);
  }
}
