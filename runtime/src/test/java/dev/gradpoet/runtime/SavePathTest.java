package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The paths that a save takes: links, directories, devices and unusual names. */
class SavePathTest extends SaveTestBase {

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
}
