package dev.gradpoet.runtime;

import static dev.gradpoet.runtime.SafetensorsBytes.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.memory.Heap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Types that files have but tensors do not: some are widened, and the others do not affect the rest of the file. */
class SafetensorsTypesTest {

  @TempDir
  private Path directory;

  private static byte[] every16Bits() {
    ByteBuffer bytes = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(0, 1 << 16).forEach(bits -> bytes.putShort((short) bits));
    return bytes.array();
  }

  /** The definition of IEEE 754, in double. */
  private static float half(int bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    double magnitude = exponent == 0
        ? StrictMath.scalb((double) fraction, -24)
        : StrictMath.scalb(1024.0 + fraction, exponent - 25);
    if (exponent == 31) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    return (float) (bits >= 1 << 15 ? -magnitude : magnitude);
  }

  @Test
  void everyHalfIsWidenedExactly() throws IOException {
    byte[] file = SafetensorsBytes.of("h", "F16", "[65536]", every16Bits());
    float[] values = Safetensors.read(file).tensor("h").toFloatArray();
    for (int bits = 0; bits < values.length; bits++) {
      assertThat(Float.floatToIntBits(values[bits])).isEqualTo(Float.floatToIntBits(half(bits)));
    }
  }

  @Test
  void everyBfloat16IsTheUpperHalfOfAFloat() throws IOException {
    byte[] file = SafetensorsBytes.of("b", "BF16", "[256,256]", every16Bits());
    float[] values = Safetensors.read(file).tensor("b").toFloatArray();
    for (int bits = 0; bits < values.length; bits++) {
      assertThat(Float.floatToIntBits(values[bits]))
          .isEqualTo(Float.floatToIntBits(Float.intBitsToFloat(bits << 16)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BOOL, 8, 0, 1",
    "U8, 8, 254, 255",
    "I8, 8, -2, -1",
    "I16, 4, -257, -1",
    "U16, 4, 65279, 65535",
    "I32, 2, -16777217, -1",
    "U32, 2, 4278190079, 4294967295"
  })
  void integersAreWidenedToInt64(String type, int count, long first, long last) throws IOException {
    byte[] data = {-1, -1, -1, -1, -1, -1, -1, -1};
    data[data.length / count - 1] = -2;
    if (type.equals("BOOL")) {
      data = new byte[] {0, 1, 1, 1, 1, 1, 1, 1};
    }
    byte[] file = SafetensorsBytes.of("i", type, "[" + count + "]", data);
    long[] values = Safetensors.read(file).tensor("i").toLongArray();

    assertThat(values).hasSize(count);
    assertThat(values[0]).isEqualTo(first);
    assertThat(values[count - 1]).isEqualTo(last);
  }

  /** Types without a dtype, and one of a future version. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "F8_E4M3",
        "F8_E5M2",
        "F8_E8M0",
        "F8_E4M3FNUZ",
        "F8_E5M2FNUZ",
        "F4",
        "C64",
        "U64",
        "Q3_9"
      })
  void anUnsupportedTypeDoesNotAffectOtherTensors(String type) throws IOException {
    String shape = type.equals("F4") ? "[16]" : type.endsWith("64") ? "[1]" : "[8]";
    String header = "{" + entry("x", type, shape, 4, 12) + "," + entry("w", "F32", "[1]", 0, 4)
        + "," + entry("z", "F32", "[1]", 12, 16) + "}";
    Path path = directory.resolve("net.safetensors");
    Files.write(path, SafetensorsBytes.of(header, new byte[16]));
    Safetensors file = Safetensors.read(path);

    assertThat(file.tensors()).containsOnlyKeys("w", "z");
    assertThatThrownBy(() -> file.tensor("x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"x\" is " + type + " of shape " + shape)
        .hasMessageContaining("net.safetensors")
        .hasMessageContaining("convert it first");
    Map<String, Tensor> wanted = Map.of("w", Tensor.of(1f), "z", Tensor.of(1f));
    Safetensors.load(path, wanted, Map.of(), LoadOption.IGNORE_UNKNOWN);
    assertThat(wanted.values()).allMatch(Tensor.of(0f)::equals);
    Map<String, Tensor> all =
        Map.of("w", Tensor.of(1f), "z", Tensor.of(1f), "x", Tensor.of(new float[8]));
    assertThatThrownBy(() -> Safetensors.load(path, all, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("x is " + type + " of shape " + shape + ", expected FLOAT32");
    assertThat(all.get("w")).isEqualTo(Tensor.of(1f));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"F6_E2M3", "F6_E3M2"})
  void valuesAreWidenedAndNeverRounded(SafetensorsType type) throws IOException {
    int count = 64 / type.bits();
    Path path = directory.resolve("net.safetensors");
    Files.write(path, SafetensorsBytes.of("w", type.name(), "[" + count + "]", new byte[8]));
    boolean floating =
        type == SafetensorsType.F32 || type == SafetensorsType.F16 || type == SafetensorsType.BF16;
    boolean whole = type != SafetensorsType.U64 && type.name().matches("BOOL|[IU]\\d+");

    expect(path, Tensor.of(new float[count]), floating);
    expect(path, Tensor.of(new double[count]), floating || type == SafetensorsType.F64);
    expect(path, Tensor.of(new long[count]), whole);
  }

  private static void expect(Path path, Tensor tensor, boolean fits) throws IOException {
    if (fits) {
      Safetensors.load(path, Map.of("w", tensor), Map.of());
    } else {
      assertThatThrownBy(() -> Safetensors.load(path, Map.of("w", tensor), Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("expected " + tensor.dtype());
    }
  }

  @Test
  void aWiderFileExplainsHowToRoundIt() throws IOException {
    Path path = directory.resolve("net.safetensors");
    Safetensors.save(path, Map.of("w", Tensor.of(0.1, 0.2)));
    Tensor tensor = Tensor.of(0f, 0f);
    assertThatThrownBy(() -> Safetensors.load(path, Map.of("w", tensor), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("w is FLOAT64 of shape [2], expected FLOAT32 of shape [2]")
        .hasMessageContaining("Tensor.copyFrom");
    tensor.copyFrom(Safetensors.read(path).tensor("w"));
    assertThat(tensor).isEqualTo(Tensor.of(0.1f, 0.2f));
  }

  @Test
  void valuesOfSeveralChunksAreInOrder() throws IOException {
    // More than a chunk of 64 KB, and for a stream more than the first million values.
    int count = (1 << 20) + 12_345;
    float[] values = new float[count];
    long[] numbers = new long[count];
    double[] wide = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
      numbers[i] = -i;
      wide[i] = i + 0.5;
    }
    Map<String, Tensor> tensors =
        Map.of("f", Tensor.of(values), "l", Tensor.of(numbers), "d", Tensor.of(wide));
    Path path = directory.resolve("large.safetensors");
    Safetensors.save(path, tensors);

    assertThat(Safetensors.load(path).equals(tensors)).isTrue();
    try (var stream = Files.newInputStream(path)) {
      assertThat(Safetensors.read(stream).tensors().equals(tensors)).isTrue();
    }
    ByteArrayOutputStream halves = new ByteArrayOutputStream();
    for (int i = 0; i < 20; i++) {
      halves.writeBytes(every16Bits());
    }
    byte[] file = SafetensorsBytes.of("h", "F16", "[20,65536]", halves.toByteArray());
    Tensor read = Safetensors.read(new ByteArrayInputStream(file)).tensor("h");
    assertThat(read.get(19, 0x3c00)).isEqualTo(1);
    assertThat(read.equals(Safetensors.read(file).tensor("h"))).isTrue();
  }

  @Test
  void aTensorTooLargeForAnArrayIsSkippedAndReported() throws IOException {
    for (long size : new long[] {Heap.LONGEST + 1L, Integer.MAX_VALUE - 2L, 1L << 31}) {
      for (String shape : List.of("[" + size + "]", "[1," + size + ",1]")) {
        Path path = directory.resolve(size + shape);
        byte[] start = SafetensorsBytes.of("{" + entry("w", "F32", "[1]", 0, 4) + ","
            + entry("long", "U8", shape, 4, 4 + size) + "}");
        try (FileChannel channel = FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap(start));
          channel.write(ByteBuffer.allocate(1), start.length + 4 + size - 1);
        }
        Safetensors read = Safetensors.read(path);
        assertThat(read.tensors()).containsOnlyKeys("w");
        assertThatThrownBy(() -> read.tensor("long"))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("which no Tensor can hold");
        Files.delete(path);
      }
    }
    long[] longest = {Heap.LONGEST};
    assertThat(new SafetensorsEntry("w", "U8", longest, 0, longest[0]).dtype())
        .contains(DType.INT64);
  }

  @Test
  void aShapeWithoutValuesMayHaveAnySizes() throws IOException {
    Map<String, Tensor> none = Map.of("w", Tensor.zeros(DType.FLOAT32, 0, Integer.MAX_VALUE));
    Path path = directory.resolve("none");
    Safetensors.save(path, none);
    assertThat(Safetensors.load(path)).isEqualTo(none);
  }
}
