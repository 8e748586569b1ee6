package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gradpoet.DType;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effects of a save on files and directories. */
class AtomicFileTest {

  private static final Map<String, Tensor> TENSORS = Map.of("w", Tensor.of(1f, 2f));

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("net.safetensors");
  }

  private void assertOnly(Path... expected) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(expected);
    }
  }

  private static void assertSaved(Path path) throws IOException {
    assertThat(Safetensors.load(path)).isEqualTo(TENSORS);
  }

  private static void assumePosix() {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-r-----", "rw-rw-rw-", "rwxr-xr-x", "rw-r--r--"})
  void theModeIsKept(String mode) throws IOException {
    assumePosix();
    Files.createFile(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    Safetensors.save(file, TENSORS);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo(mode);
    assertSaved(file);
  }

  @Test
  void aNewFileHasTheDefaultMode() throws IOException {
    assumePosix();
    Path other = Files.write(directory.resolve("other"), new byte[1]);
    Safetensors.save(file, TENSORS);
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void aReadOnlyFileIsAnError() throws IOException {
    assumePosix();
    Files.createFile(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assumeThat(Files.isWritable(file)).as("not the superuser").isFalse();
    assertThatThrownBy(() -> Safetensors.save(file, TENSORS))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": it is not writable: change its permissions, or delete it first");
    assertOnly(file);
  }

  @Test
  void aReadOnlyDirectoryIsReported() throws IOException {
    assumePosix();
    Files.createFile(file);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeThat(Files.isWritable(directory)).as("not the superuser").isFalse();
      assertThatThrownBy(() -> Safetensors.save(file, TENSORS))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + ": its directory is not writable");
    } finally {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    assertThat(file).isEmptyFile();
  }

  @Test
  void linksAreKeptAndTheirTargetIsWritten() throws IOException {
    Path inner = Files.createDirectory(directory.resolve("inner"));
    Path real = Files.createFile(inner.resolve("real"));
    Path absolute = Files.createSymbolicLink(directory.resolve("absolute"), real);
    Path relative = Files.createSymbolicLink(directory.resolve("relative"), Path.of("inner/real"));
    Path chain = Files.createSymbolicLink(inner.resolve("chain"), Path.of("../relative"));
    Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("inner/new"));
    Path linkedDirectory = Files.createSymbolicLink(directory.resolve("linked"), Path.of("inner"));
    for (Path link : List.of(absolute, relative, chain, dangling)) {
      Files.write(real, new byte[3]);
      Safetensors.save(link, TENSORS);
      assertThat(link).isSymbolicLink();
      assertSaved(link);
      assertThat(Files.isRegularFile(inner.resolve("new"))).isEqualTo(link == dangling);
    }
    Safetensors.save(linkedDirectory.resolve("real"), TENSORS);
    assertSaved(real);
    assertThat(real).isRegularFile();
    assertOnly(inner, absolute, relative, dangling, linkedDirectory);
  }

  @Test
  void loopsOfLinksAreAnError() throws IOException {
    Path one = directory.resolve("one");
    Files.createSymbolicLink(one, directory.resolve("two"));
    Files.createSymbolicLink(directory.resolve("two"), one);
    assertThatThrownBy(() -> Safetensors.save(one, TENSORS))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(one.toString());
    assertThat(one).isSymbolicLink();
  }

  @Test
  void directoriesAndDevicesAreErrors() throws IOException {
    for (Path each : List.of(directory, Path.of(""), Path.of("/"), directory.resolve(".."))) {
      assertThatThrownBy(() -> Safetensors.save(each, TENSORS))
          .isInstanceOf(IOException.class)
          .hasMessage(each + ": it is a directory, expected a file: append a file name");
    }
    Path device = Path.of("/dev/null");
    assumeThat(Files.exists(device)).isTrue();
    Path link = Files.createSymbolicLink(directory.resolve("link"), device);
    for (Path each : List.of(device, link)) {
      assertThatThrownBy(() -> Safetensors.save(each, TENSORS))
          .isInstanceOf(IOException.class)
          .hasMessage(each + ": it is a device or a pipe, expected a file");
      assertThatThrownBy(() -> Safetensors.read(each))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(each + ": it is a device or a pipe, expected a file");
    }
    assertThat(Files.readAttributes(device, "isOther").get("isOther")).isEqualTo(true);
    assertOnly(link);
    Files.delete(link); // which JUnit would warn about
  }

  @Test
  void aMissingDirectoryIsReported() {
    Path under = directory.resolve("missing").resolve("net.safetensors");
    assertThatThrownBy(() -> Safetensors.save(under, TENSORS))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(
            under + ": its directory does not exist: create it with Files.createDirectories");
  }

  @Test
  void everyFileNameIsAccepted() throws IOException {
    List<String> names = List.of(
        "n".repeat(255),
        "\u00e9".repeat(127),
        " ",
        "-",
        "a\nb",
        "$(x)",
        ".hidden",
        "a.tmp",
        "*?[x]{y}");
    List<Path> saved = new ArrayList<>();
    for (String name : names) {
      Path path = directory.resolve(name);
      Safetensors.save(path, TENSORS);
      Safetensors.save(path, TENSORS);
      assertSaved(path);
      saved.add(path);
    }
    assertOnly(saved.toArray(Path[]::new));
    assertThatThrownBy(() -> Safetensors.save(directory.resolve("n".repeat(256)), TENSORS))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }

  @Test
  void aFailedSaveLeavesTheExistingFileAndNothingElse() throws IOException {
    Safetensors.save(file, TENSORS);
    IOException full = new IOException("No space left on device");
    assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
          channel.write(ByteBuffer.allocate(100));
          throw full;
        }))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": No space left on device");
    assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
          throw new IllegalStateException();
        }))
        .isInstanceOf(IllegalStateException.class);
    assertSaved(file);
    assertOnly(file);
  }

  @Test
  void theNextSaveDeletesTheFileOfAKilledOne() throws IOException {
    Path left = Files.createFile(directory.resolve(".gradpoet-0123456789abcdef.tmp"));
    Path mine = Files.createFile(directory.resolve(".gradpoet-notes-of-mine.tmp"));
    Path held = directory.resolve(".gradpoet-fedcba9876543210.tmp");
    try (FileChannel busy =
        FileChannel.open(held, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      busy.lock();
      Safetensors.save(file, TENSORS);
      assertOnly(file, mine, held);
    }
    Safetensors.save(file, TENSORS);
    assertThat(left).doesNotExist();
    assertOnly(file, mine);
  }

  @Test
  void aKilledProgramLeavesTheOldFileAndNothingPermanent() throws Exception {
    Safetensors.save(file, TENSORS);
    Path other = directory.resolve("other");
    Process program = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Stream.of(SavingProgram.class, Safetensors.class, DType.class)
                .map(type ->
                    type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator)),
            SavingProgram.class.getName(),
            file.toString())
        .redirectErrorStream(true)
        .start();
    try {
      assertThat(program.getInputStream().read()).isEqualTo('s');
      // A save of this program does not touch the file that the other one has locked.
      Safetensors.save(other, TENSORS);
      assertThat(halfWritten()).hasSize(SavingProgram.WRITTEN);
    } finally {
      program.destroyForcibly().waitFor();
    }
    assertSaved(file);
    assertOnly(file, other, halfWritten());

    Safetensors.save(file, TENSORS);
    assertSaved(file);
    assertOnly(file, other);
  }

  /** The only temporary file, which a save has begun but not renamed. */
  private Path halfWritten() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> beside = files
          .filter(path -> path.getFileName().toString().matches("\\.gradpoet-[0-9a-f]{16}\\.tmp"))
          .toList();
      assertThat(beside).hasSize(1);
      return beside.get(0);
    }
  }

  /** Writes part of a file, prints a message, and never writes the rest. */
  static final class SavingProgram {

    static final int WRITTEN = 1000;

    public static void main(String[] arguments) throws IOException {
      AtomicFile.write(Path.of(arguments[0]), channel -> {
        channel.write(ByteBuffer.allocate(WRITTEN));
        System.out.print("s");
        System.out.flush();
        try {
          Thread.sleep(60_000); // the program is killed long before this ends
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      });
    }
  }

  @Test
  void concurrentSavesAreIndependent() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Map<String, Tensor> tensors = Map.of("w", Tensor.of(i, i));
      Path own = directory.resolve("own" + i);
      Callable<?> saver = () -> {
        for (int k = 0; k < 25; k++) {
          Safetensors.save(k % 2 == 0 ? file : own, tensors);
          assertThat(Safetensors.load(file).get("w").shape()).containsExactly(2);
        }
        return null;
      };
      running.add(threads.submit(saver));
    }
    for (Future<?> each : running) {
      each.get();
    }
    threads.shutdown();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(5);
    }
  }

  @Test
  void namesThatUtf8CannotEncodeAndTheMetadataNameAreRejected() throws IOException {
    for (String torn : List.of("\ud800", "a\udc00b", "\ud83d", "\udc00\ud800")) {
      Map<String, Tensor> named = Map.of(torn, Tensor.of(1f));
      assertThatThrownBy(() -> Safetensors.save(file, named))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("unpaired surrogate");
      assertThatThrownBy(() -> Safetensors.save(file, TENSORS, named, Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Safetensors.save(file, TENSORS, Map.of(torn, "x")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Safetensors.save(file, TENSORS, Map.of("x", torn)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Map<String, Tensor> metadata = Map.of("__metadata__", Tensor.of(1f));
    assertThatThrownBy(() -> Safetensors.save(file, metadata))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__metadata__");
    assertThatThrownBy(() -> Safetensors.save(file, TENSORS, metadata, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__metadata__");
    assertThatThrownBy(() -> Safetensors.save(file, TENSORS, TENSORS, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"w\" like a parameter");
    assertThatThrownBy(() -> Safetensors.save(file, TENSORS, Map.of("gradpoet.extras", "[]")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradpoet.extras");
    Map<String, Tensor> none = new HashMap<>();
    none.put("w", null);
    assertThatThrownBy(() -> Safetensors.save(file, none)).hasMessage("the tensor \"w\" is null");
    assertThatThrownBy(() -> Safetensors.save(null, TENSORS)).hasMessage("path is null");
    assertThatThrownBy(() -> Safetensors.save(file, null)).hasMessage("tensors is null");
    assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertOnly();
  }
}
