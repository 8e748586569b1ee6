package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares printed tensors with the output of PyTorch: printed-tensors.txt and its script. */
class TensorPrinterTest {

  /** A tensor, and its text as printed by PyTorch. */
  record Case(String description, Tensor tensor, String printed) {
    @Override
    public String toString() {
      return description;
    }
  }

  static List<Case> cases() throws IOException {
    String text;
    try (InputStream in = TensorPrinterTest.class.getResourceAsStream("printed-tensors.txt")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Case> cases = new ArrayList<>();
    for (String block : text.split("\n---\n")) {
      String[] parts = block.split("\n", 2);
      cases.add(new Case(parts[0], tensor(parts[0].substring(2).split(" ")), parts[1]));
    }
    return cases;
  }

  static Stream<Case> matrices() throws IOException {
    return cases().stream().filter(expected -> expected.tensor().shape().length == 2);
  }

  @Test
  void theFileHoldsAllCases() throws IOException {
    assertThat(cases()).hasSize(154);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aTensorPrintsAsInPyTorch(Case expected) {
    assertThat(expected.tensor()).hasToString(expected.printed());
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void aTransposedViewOfTheTransposePrintsTheSame(Case expected) {
    int[] shape = expected.tensor().shape();
    Tensor transpose = Tensor.zeros(expected.tensor().dtype(), shape[1], shape[0]);
    transpose.t().copyFrom(expected.tensor());
    assertThat(transpose.t()).hasToString(expected.printed());
  }

  @Test
  void aGradientOfSixteenColumnsBreaksAsInTheNotebook() {
    Tensor gradient = Tensor.of(new float[][] {
      {
        -0.0447f, 0.0411f, 0.0220f, 0.0040f, 0.0658f, 0.0156f, 0.0333f, 0.0338f, -0.0132f, 0.0699f,
        -0.0336f, -0.0146f, -0.0129f, 0.0273f, -0.0432f, 0.0111f
      },
      {
        0.0766f, -0.0704f, -0.0377f, -0.0069f, -0.1129f, -0.0268f, -0.0570f, -0.0579f, 0.0227f,
        -0.1199f, 0.0577f, 0.0251f, 0.0221f, -0.0468f, 0.0741f, -0.0191f
      }
    });
    assertThat(gradient).hasToString("""
            tensor([[-0.0447,  0.0411,  0.0220,  0.0040,  0.0658,  0.0156,  0.0333,  0.0338,
                     -0.0132,  0.0699, -0.0336, -0.0146, -0.0129,  0.0273, -0.0432,  0.0111],
                    [ 0.0766, -0.0704, -0.0377, -0.0069, -0.1129, -0.0268, -0.0570, -0.0579,
                      0.0227, -0.1199,  0.0577,  0.0251,  0.0221, -0.0468,  0.0741, -0.0191]])""");
  }

  @Test
  void columnsOfMixedSignLineUpAsInTheNotebook() {
    float[] outputs = {0.0557f, 0.5150f, -0.3101f, 0.7701f, -0.3550f};
    assertThat(Tensor.of(outputs, 5, 1)).hasToString("""
            tensor([[ 0.0557],
                    [ 0.5150],
                    [-0.3101],
                    [ 0.7701],
                    [-0.3550]])""");
  }

  private static Tensor tensor(String[] words) {
    int[] shape = words[1].equals("scalar")
        ? new int[0]
        : Stream.of(words[1].split("x")).mapToInt(Integer::parseInt).toArray();
    String[] values = Arrays.copyOfRange(words, 2, words.length);
    if (words[0].equals("int64")) {
      return Tensor.of(longs(values, shape), shape);
    }
    double[] doubles = doubles(values, shape);
    if (words[0].equals("float64")) {
      return Tensor.of(doubles, shape);
    }
    Tensor floats = Tensor.of(new float[doubles.length], shape);
    floats.copyFrom(doubles);
    return floats;
  }

  private static double[] doubles(String[] values, int[] shape) {
    if (values.length > 0 && values[0].equals("range")) {
      double start = Double.parseDouble(values[1]);
      double step = Double.parseDouble(values[2]);
      return IntStream.range(0, size(shape)).mapToDouble(i -> start + i * step).toArray();
    }
    return Stream.of(values).mapToDouble(TensorPrinterTest::parsed).toArray();
  }

  private static double parsed(String value) {
    return switch (value) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(value);
    };
  }

  private static long[] longs(String[] values, int[] shape) {
    if (values.length > 0 && values[0].equals("range")) {
      long start = Long.parseLong(values[1]);
      long step = Long.parseLong(values[2]);
      return IntStream.range(0, size(shape)).mapToLong(i -> start + i * step).toArray();
    }
    return Stream.of(values).mapToLong(Long::parseLong).toArray();
  }

  private static int size(int[] shape) {
    return IntStream.of(shape).reduce(1, (a, b) -> a * b);
  }
}
