package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.files.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A save that fails, is killed or has others beside it: the file holds what one of them wrote, and nothing else is left. */
class AtomicFileTest extends SaveTestBase {

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
}
