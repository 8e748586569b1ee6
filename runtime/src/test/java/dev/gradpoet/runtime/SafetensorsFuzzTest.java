package dev.gradpoet.runtime;

import static dev.gradpoet.runtime.SafetensorsBytes.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any file is read, or gives one short error that names it and changes nothing. */
class SafetensorsFuzzTest {

  private static final int CASES = 3000;

  /** The parts of valid headers, and invalid parts. */
  private static final List<String> PIECES = List.of(
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "\"",
      "\\",
      "\\u",
      "\\ud800",
      "null",
      "true",
      "-1",
      "1e9",
      "1.5",
      "99999999999999999999",
      "18446744073709551615",
      "2147483648",
      "0",
      "\"w\"",
      "\"dtype\"",
      "\"shape\"",
      "\"data_offsets\"",
      "\"__metadata__\"",
      "\"F32\"",
      "\"F16\"",
      "\"I64\"",
      "\"F4\"",
      "\"U64\"",
      "\u0000",
      "\u001b[2J",
      "\u202e",
      "\ud83d\ude00",
      " ",
      "\n",
      "[[[[",
      "{\"a\":");

  @TempDir
  private Path directory;

  private int read;
  private int loaded;

  private static List<byte[]> valid() throws IOException {
    List<byte[]> files = new ArrayList<>();
    files.add(SafetensorsBytes.of(
        "{" + entry("a", "F32", "[2,2]", 0, 16) + "," + entry("b", "F32", "[2]", 16, 24) + "}",
        new byte[24]));
    files.add(SafetensorsBytes.of(
        "{\"__metadata__\":{\"format\":\"pt\",\"gradpoet.extras\":\"[\\\"c\\\"]\"},"
            + entry("a", "F16", "[2,2]", 0, 8) + "," + entry("b", "BF16", "[2]", 8, 12) + ","
            + entry("c", "BOOL", "[3]", 12, 15) + "," + entry("d", "F8_E4M3", "[]", 15, 16) + "}  ",
        new byte[16]));
    try (var in = SafetensorsTest.class.getResourceAsStream("reference.safetensors")) {
      files.add(in.readAllBytes());
    }
    return files;
  }

  private static byte[] mutated(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    int mutations = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
    for (int i = 0; i < mutations; i++) {
      int at = random.nextInt(Math.max(1, bytes.length));
      switch (random.nextInt(12)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
        case 2 ->
          bytes[random.nextInt(Math.min(8, Math.max(1, bytes.length)))] =
              (byte) random.nextInt(256);
        case 3, 4, 5 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 6, 7 -> bytes[at] = (byte) random.nextInt(256);
        default -> bytes = spliced(bytes, PIECES.get(random.nextInt(PIECES.size())), random);
      }
      if (bytes.length == 0) {
        return bytes;
      }
    }
    return bytes;
  }

  /** Inserts a part into the header, or overwrites some of it, and updates the header length. */
  private static byte[] spliced(byte[] bytes, String piece, Random random) {
    if (bytes.length < 9) {
      return bytes;
    }
    int length = Math.min(bytes[0] & 255 | (bytes[1] & 255) << 8, bytes.length - 8);
    String header = new String(bytes, 8, length, StandardCharsets.ISO_8859_1);
    int from = random.nextInt(header.length() + 1);
    int to = random.nextBoolean() ? from : Math.min(header.length(), from + random.nextInt(9));
    String utf8 = new String(piece.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    String spoilt = header.substring(0, from) + utf8 + header.substring(to);
    return SafetensorsBytes.of(
        spoilt.getBytes(StandardCharsets.ISO_8859_1),
        Arrays.copyOfRange(bytes, 8 + length, bytes.length));
  }

  @Test
  void mutatedFilesAreReadOrGiveAShortError() throws IOException {
    List<byte[]> valid = valid();
    Path path = directory.resolve("fuzzed.safetensors");
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      byte[] bytes = mutated(valid.get(random.nextInt(valid.size())), random);
      // A new file each time: ext4 flushes a file that is truncated and rewritten.
      Files.write(path, bytes, StandardOpenOption.CREATE_NEW);
      check(path, bytes, "seed " + seed);
      Files.delete(path);
    }
    // Some files are rejected, and some are accepted.
    assertThat(read).isBetween(CASES / 20, CASES * 3 / 4);
    assertThat(loaded).isBetween(CASES / 100, CASES / 2);
  }

  private void check(Path path, byte[] bytes, String seed) throws IOException {
    Object ofPath = result(path, seed, () -> Safetensors.read(path).tensors());
    Object ofBytes = result(path, seed, () -> Safetensors.read(bytes).tensors());
    Object ofStream = result(
        path, seed, () -> Safetensors.read(new ByteArrayInputStream(bytes)).tensors());
    assertThat(ofBytes instanceof Map).as(seed).isEqualTo(ofPath instanceof Map);
    assertThat(ofStream instanceof Map).as(seed).isEqualTo(ofPath instanceof Map);
    if (ofPath instanceof Map<?, ?> map) {
      read++;
      assertThat(map.equals(ofBytes) && map.equals(ofStream)).as(seed).isTrue();
    }
    for (LoadOption[] options : new LoadOption[][] {{}, {LoadOption.IGNORE_UNKNOWN}}) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put("a", Tensor.of(new float[][] {{9, 9}, {9, 9}}));
      tensors.put("b", Tensor.of(9f, 9f));
      Map<String, Tensor> before = copy(tensors);
      Object result = result(path, seed, () -> Safetensors.load(path, tensors, Map.of(), options));
      if (result instanceof Safetensors) {
        loaded++;
      } else {
        assertThat(tensors).as(seed).isEqualTo(before);
      }
    }
  }

  private static Map<String, Tensor> copy(Map<String, Tensor> tensors) {
    Map<String, Tensor> copy = new TreeMap<>();
    tensors.forEach((name, tensor) -> copy.put(name, tensor.to(tensor.dtype())));
    return copy;
  }

  private interface Reading {
    Object read() throws IOException;
  }

  /** The contents, or the message of the error. */
  private static Object result(Path path, String seed, Reading reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      String text = e.getMessage();
      assertThat(text).as(seed).hasSizeLessThan(300);
      assertThat(text.startsWith(path + ": ")
              || text.startsWith("the stream: ")
              || text.startsWith("the byte array: "))
          .as(seed + ": " + text)
          .isTrue();
      assertThat(
              text.codePoints().noneMatch(c -> c < ' ' || c == 0x202e || Character.isISOControl(c)))
          .as(seed + ": " + text)
          .isTrue();
      return text;
    }
  }

  @Test
  void messagesAreShortForAnyFile() throws IOException {
    String monster = "n".repeat(200_000);
    String shape = "[" + "1,".repeat(20_000) + "1]";
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 2_000; i++) {
      many.append(i == 0 ? "" : ",").append(entry("layer" + i + ".weight", "F32", "[0]", 0, 0));
    }
    List<byte[]> files = List.of(
        SafetensorsBytes.of(monster, "F32", "[1]", new byte[4]),
        SafetensorsBytes.of(monster, "F32", "[2]", new byte[4]),
        SafetensorsBytes.of("a", monster, "[1]", new byte[4]),
        SafetensorsBytes.of("a", "F8_E8M0", shape, new byte[1]),
        SafetensorsBytes.of("a", "F32", shape, new byte[4]),
        SafetensorsBytes.of("a", "F32", shape, new byte[3]),
        SafetensorsBytes.of("\\u001b[2J\\u202e\\n\\u0000", "F32", "[1]", new byte[4]),
        SafetensorsBytes.of("{" + entry(monster, "F32", "[1]", 0, 4) + ","
            + entry(monster, "F32", "[1]", 0, 4) + "}"),
        SafetensorsBytes.of("{\"__metadata__\":{\"" + monster + "\":1}}"),
        SafetensorsBytes.of(
            "{\"__metadata__\":{\"" + monster + "\":\"\",\"" + monster + "\":\"\"}}"),
        SafetensorsBytes.of("{\"w\":{\"" + monster + "\":{}}}"),
        SafetensorsBytes.of("{\"w\":{\"data_offsets\":[" + "1,".repeat(20_000) + "1]}}"),
        SafetensorsBytes.of("{\"w\":" + monster + "}"),
        SafetensorsBytes.of(many.append('}').toString()),
        SafetensorsBytes.of("{" + " ".repeat(1_000_000)));
    Path longPath = Files.createDirectories(
            directory.resolve("d".repeat(200)).resolve("e".repeat(200)))
        .resolve("f".repeat(200) + "\n.safetensors");
    for (Path path : List.of(directory.resolve("net.safetensors"), longPath)) {
      for (byte[] file : files) {
        Files.deleteIfExists(path);
        Files.write(path, file);
        for (Map<String, String> names :
            List.of(Map.<String, String>of(), Map.of(monster, "b"), Map.of("a", monster))) {
          Map<String, Tensor> tensors = Map.of("a", Tensor.of(1f), "c".repeat(1000), Tensor.of(2f));
          assertShort(path, () -> Safetensors.load(path, tensors, names));
          assertShort(
              path,
              () -> Safetensors.load(
                  path, Map.of("a", Tensor.of(1f)), names, LoadOption.IGNORE_UNKNOWN));
          assertShort(path, () -> Safetensors.read(path).tensor(monster + "?"));
          assertShort(path, () -> Safetensors.read(path).tensor("a"));
        }
      }
    }
  }

  private static void assertShort(Path path, Reading reading) {
    String name = path.toString().length() < 100 ? path.toString() : "\\u000a.safetensors";
    try {
      reading.read();
    } catch (IOException | IllegalArgumentException e) {
      assertThat(e.getMessage()).hasSizeLessThan(300).contains(name);
      assertThat(e.getMessage().chars().noneMatch(Character::isISOControl)).isTrue();
    }
  }
}
