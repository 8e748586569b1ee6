package dev.gradpoet.processor.options;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.DType;
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.processor.testing.ByteCode;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.Functional;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights of any number of outputs are constants in methods that HotSpot compiles, each at its place. */
class WeightsTest {

  @TempDir
  private Path directory;

  @ParameterizedTest
  @Tag("exhaustive")
  @CsvSource({
    "CROSS_ENTROPY, FLOAT64, 1001, many",
    "NLL, FLOAT32, 9000, many",
    "BCE_WITH_LOGITS, FLOAT32, 500, many",
    "BCE_WITH_LOGITS, FLOAT64, 9000, many",
    "BCE_WITH_LOGITS, FLOAT32, 9000, one",
    "BCE_WITH_LOGITS, FLOAT64, 1000, one"
  })
  void weightsOfMoreOutputs(String loss, DType dtype, int outputs, String kind)
      throws IOException, ReflectiveOperationException {
    weightsOfManyOutputs(loss, dtype, outputs, kind);
  }

  @ParameterizedTest
  @CsvSource({
    "CROSS_ENTROPY, FLOAT32, 800, many",
    "BCE_WITH_LOGITS, FLOAT64, 501, many",
    "BCE_WITH_LOGITS, FLOAT32, 1, one"
  })
  void weightsOfManyOutputs(String loss, DType dtype, int outputs, String kind)
      throws IOException, ReflectiveOperationException {
    boolean binary = loss.equals("BCE_WITH_LOGITS");
    String list = kind.equals("one")
        ? "2.5"
        : IntStream.range(0, outputs)
            .mapToObj(o -> "" + weight(o))
            .collect(Collectors.joining(", ", "{", "}"));
    String options = binary
        ? "posWeight = " + list + (kind.equals("one") ? "" : ", weight = " + list)
        : "classWeights = " + list;
    Compilation compilation = SourceCompiler.withoutWarnings(javac()
        .withOptions("-Xlint:all", "--add-modules", "jdk.incubator.vector")
        .withProcessors(new NetworkProcessor())
        .compile(JavaFileObjects.forSourceString(
            "test.W", """
            package test;
            import dev.gradpoet.*;
            @SuppressWarnings("gradpoet")
            @LossOptions(reduction = Reduction.SUM, %s)
            @Network(layers = {1, %d}, loss = Loss.%s, dtype = DType.%s)
            public interface W {}
            """.formatted(options, outputs, loss, dtype))));

    assertThat(ByteCode.sizes(compilation, directory).values()).allMatch(size -> size < 8000 - 8);
    Model model = (Model) SourceCompiler.load(compilation)
        .loadClass("test.WNetwork")
        .getConstructor(long.class)
        .newInstance(1L);
    Tensor x = Tensor.of(new double[] {0.5, -0.5}, 2, 1).to(dtype);
    Tensor w = Tensor.zeros(dtype, outputs);
    w.copyFrom(IntStream.range(0, outputs)
        .mapToDouble(o -> kind.equals("one") ? 2.5 : weight(o))
        .toArray());
    Trainer trainer = model.trainer(Sgd.of(0.1), 2);
    Tensor y = binary
        ? Functional.sigmoid(model.forward(Tensor.of(new double[] {2, 3}, 2, 1).to(dtype)))
        : Tensor.of(new long[] {outputs - 1, outputs / 2}, 2);
    double expected = (binary
            ? Functional.binaryCrossEntropyWithLogits(
                model.forward(x), y, Reduction.SUM, kind.equals("one") ? null : w, w)
            : loss.equals("NLL")
                ? Functional.nllLoss(model.forward(x), y, Reduction.SUM, w, -100)
                : Functional.crossEntropy(model.forward(x), y, Reduction.SUM, w, -100, 0))
        .get();
    assertThat(trainer.step(x, y))
        .isCloseTo(expected, org.assertj.core.api.Assertions.withinPercentage(1e-3));
  }

  /** Another for each output. */
  private static double weight(int output) {
    return 0.5 + output * 0.0625;
  }
}
