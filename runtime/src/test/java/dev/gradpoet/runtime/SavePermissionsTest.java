package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The permissions that a save keeps, and those that it needs. */
class SavePermissionsTest extends SaveTestBase {

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
}
