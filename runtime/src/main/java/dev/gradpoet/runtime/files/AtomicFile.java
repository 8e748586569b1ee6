package dev.gradpoet.runtime.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file atomically: to a temporary file in the same directory, which is forced to disk and then renamed over the existing file.
 *
 * <p>The temporary file is locked while it is written. One that is not locked was left by a killed program, and the next save to the directory
 * deletes it. Its name is short, so that the name of the file itself can be as long as the file system allows.
 */
public final class AtomicFile {

  private static final String PREFIX = ".gradpoet-";
  private static final String SUFFIX = ".tmp";

  /** The maximum length of a chain of symbolic links, as in Linux; a longer one must be a loop. */
  private static final int MAX_LINKS = 40;

  /** Attempts to create a temporary file, which another program can delete as abandoned between its creation and its locking. */
  private static final int ATTEMPTS = 20;

  /** Writes the contents of the file. */
  public interface Content {

    /**
     * Writes them.
     *
     * @throws IOException if they cannot be written; the file is then unchanged
     */
    void write(FileChannel file) throws IOException;
  }

  private final Path target;

  /** The owner, group and mode of the file that is replaced, if the file system has them. */
  private final Optional<PosixFileAttributes> replaced;

  private AtomicFile(Path target, Optional<PosixFileAttributes> replaced) {
    this.target = target;
    this.replaced = replaced;
  }

  /**
   * Writes a file and keeps its mode. Symbolic links are followed: their target is replaced.
   *
   * @throws IOException if it cannot be written; an existing file is then unchanged. The message names {@code path}.
   */
  public static void write(Path path, Content content) throws IOException {
    try {
      AtomicFile file = of(path);
      file.deleteLeftOver();
      file.write(content);
    } catch (IOException e) {
      throw FileErrors.named(path, e, "it cannot be written");
    }
  }

  /** Writes bytes, as {@link #write(Path, Content)}. */
  public static void write(Path path, byte[] bytes) throws IOException {
    write(path, channel -> {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    });
  }

  private static AtomicFile of(Path path) throws IOException {
    boolean exists = requireFile(path);
    Path target = destination(path.toAbsolutePath());
    if (!exists && !Files.isDirectory(target.getParent())) {
      throw new NoSuchFileException(
          path.toString(),
          null,
          "its directory does not exist: create it with Files.createDirectories");
    }
    if (exists && !Files.isWritable(target)) {
      throw new AccessDeniedException(
          path.toString(), null, "it is not writable: change its permissions, or delete it first");
    }
    PosixFileAttributeView view =
        exists ? Files.getFileAttributeView(target, PosixFileAttributeView.class) : null;
    return new AtomicFile(
        target, view == null ? Optional.empty() : Optional.of(view.readAttributes()));
  }

  /** Whether the file already exists. */
  private static boolean requireFile(Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return false;
    }
    if (attributes.isDirectory()) {
      throw new IOException("it is a directory, expected a file: append a file name");
    }
    if (!attributes.isRegularFile()) {
      throw new IOException("it is a device or a pipe, expected a file");
    }
    return true;
  }

  private static Path destination(Path path) throws IOException {
    Path at = path;
    for (int i = 0; i < MAX_LINKS; i++) {
      if (!Files.isSymbolicLink(at)) {
        return at;
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    throw new IOException(
        "its symbolic links form a loop, expected a file: remove one of the links");
  }

  private void write(Content content) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path temporary = target.resolveSibling(
          PREFIX + String.format("%016x", ThreadLocalRandom.current().nextLong()) + SUFFIX);
      try {
        fill(temporary, content);
        move(temporary);
        return;
      } catch (NoSuchFileException | FileAlreadyExistsException e) {
        if (attempt == ATTEMPTS || !Files.isDirectory(target.getParent())) {
          throw e;
        }
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }

  private void fill(Path temporary, Content content) throws IOException {
    try (FileChannel file = create(temporary)) {
      lock(file); // until it is closed
      content.write(file);
      file.force(true);
    }
    if (replaced.isPresent()) {
      keepAttributes(temporary, replaced.get());
    }
  }

  private FileChannel create(Path temporary) throws IOException {
    // The replacement of a private file must not be readable by others while it is written.
    FileAttribute<?>[] attributes = replaced.isPresent()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
    try {
      return FileChannel.open(
          temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
    } catch (AccessDeniedException e) {
      throw new AccessDeniedException(
          target.toString(),
          null,
          "its directory is not writable: save writes a temporary file there, then renames it");
    }
  }

  private static Optional<FileLock> lock(FileChannel file) {
    try {
      return Optional.ofNullable(file.tryLock());
    } catch (IOException | UnsupportedOperationException | OverlappingFileLockException e) {
      return Optional.empty(); // locked by this program, or the file system does not support locks
    }
  }

  private static void keepAttributes(Path temporary, PosixFileAttributes replaced)
      throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(
        temporary, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    PosixFileAttributes own = view.readAttributes();
    try {
      if (!own.group().equals(replaced.group())) {
        view.setGroup(replaced.group());
      }
      if (!own.owner().equals(replaced.owner())) {
        view.setOwner(replaced.owner());
      }
    } catch (IOException e) {
      // Only the superuser may change the owner; otherwise the file belongs to the user who saves
      // it.
    }
    view.setPermissions(replaced.permissions());
  }

  private void move(Path temporary) throws IOException {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void deleteLeftOver() {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(target.getParent(), PREFIX + "[0-9a-f]".repeat(16) + SUFFIX)) {
      files.forEach(AtomicFile::deleteIfUnlocked);
    } catch (IOException | DirectoryIteratorException e) {
      // A failed clean-up must not make the save fail.
    }
  }

  private static void deleteIfUnlocked(Path temporary) {
    try (FileChannel file =
        FileChannel.open(temporary, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (lock(file).isPresent()) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      // It belongs to another user, or no longer exists.
    }
  }
}
