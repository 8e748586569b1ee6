package dev.gradpoet.onnx.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Feed;
import dev.gradpoet.onnx.testing.ModelText;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OnnxRuntime;
import dev.gradpoet.onnx.wire.ElementType;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.onnx.wire.ModelWriter;
import dev.gradpoet.runtime.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is folded and recognized computes what ONNX Runtime computes, with the layers that a person would write. */
class FoldedModelsTest {

  @TempDir
  private Path directory;

  /** Models by name, each with the layers that it becomes. */
  private static final Map<String, String[]> MODELS = new LinkedHashMap<>();

  static {
    put("SharedProduct", "Linear Linear Add Linear Add", """
        in x [N,4]
        out y
        w [4,3]
        b1 [3]
        b2 [3]
        two [] 2
        m = MatMul(x, w)
        a = Add(m, b1)
        b = Add(b2, m)
        c = Mul(m, two)
        s = Add(a, b)
        y = Add(s, c)
        """);
    put("ScaledTwice", "Linear Linear Add Linear", """
        in x [N,4]
        out y
        w [4,3]
        v [3,2]
        three [] 3
        third [] 0.33333334
        m = MatMul(x, w)
        p = Mul(m, three)
        q = Softplus(p)
        r = Mul(q, third)
        s = Add(r, q)
        y = MatMul(s, v)
        """);
    put("GemmOfAllForms", "Linear", """
        in x [N,4]
        out y
        w [4,3]
        b [1,3]
        y = Gemm(x, w, b) alpha=0.5 beta=-2.0
        """);
    put("LastDimension", "Linear Linear", """
        in x [N,3,4]
        out y
        w [4,5]
        b [5]
        v [5,2]
        m = MatMul(x, w)
        a = Add(m, b)
        r = Relu(a)
        y = MatMul(r, v)
        """);
    put("ChannelsLast", "Conv2d MaxPool2d Flatten Linear", """
        in x [N,6,5,3]
        out y
        k [4,3,3,2]
        b [4]
        w [16,2]
        minus [2] ints -1 16
        t = Transpose(x) perm=0,3,1,2
        c = Conv(t, k)
        u = Transpose(c) perm=0,2,3,1
        a = Add(u, b)
        r = Relu(a)
        v = Transpose(r) perm=0,3,1,2
        p = MaxPool(v) kernel_shape=2,2 strides=2,2
        z = Transpose(p) perm=0,2,3,1
        f = Reshape(z, minus)
        y = MatMul(f, w)
        """);
    put("SamePadding", "Conv2d AvgPool2d", """
        in x [N,2,7,6]
        out y
        k [3,2,4,3]
        c = Conv(x, k) auto_pad=SAME_UPPER strides=2,1
        y = AveragePool(c) kernel_shape=2,3 auto_pad=SAME_LOWER
        """);
    put("PaddedConv", "Conv1d", """
        in x [N,2,7]
        out y
        k [3,2,3]
        pads [6] ints 0 0 1 0 0 2
        d = Pad(x, pads)
        y = Conv(d, k) pads=1,0
        """);
    put("CeilMode", "MaxPool2d Flatten Linear", """
        in x [N,2,6,5]
        out y
        w [18,3]
        p = MaxPool(x) kernel_shape=3,2 strides=2,2 ceil_mode=1
        f = Flatten(p)
        y = Gemm(f, w)
        """);
    put("ShapesComputed", "Linear Linear", """
        in x [N,2,3]
        out y
        w [6,4]
        zero [1] ints 0
        one [1] ints 1
        minus [1] ints -1
        v [4,2]
        s = Shape(x)
        n = Slice(s, zero, one, zero)
        t = Concat(n, minus) axis=0
        f = Reshape(x, t)
        m = MatMul(f, w)
        u = Unsqueeze(m, one)
        q = Squeeze(u, one)
        y = MatMul(q, v)
        """);
    put("MeansOfChannels", "GlobalAvgPool Flatten Linear", """
        in x [N,3,4,2]
        out y
        w [3,2]
        m = ReduceMean(x) axes=2,3 keepdims=0
        y = MatMul(m, w)
        """);
    put("FunctionsOfTheModel", "Linear Activate Activate Mul Mul Linear", """
        in x [N,4]
        out y
        w [4,3]
        v [3,3]
        function act(a) b alpha {
          c = LeakyRelu(a) alpha=@alpha
          b = local.gate(c, a)
        }
        function gate(a, m) c {
          b = Sigmoid(m)
          c = Mul(a, b)
        }
        m = MatMul(x, w)
        r = local.act(m) alpha=0.25
        s = local.gate(r, m)
        y = Gemm(s, v)
        """);
    put("SpelledActivations", "Linear Linear Linear Linear Linear", """
        in x [N,3]
        out y
        w [3,3]
        one [] 1
        zero [] 0
        six [] 6
        three [] 3
        a1 = MatMul(x, w)
        n = Neg(a1)
        e = Exp(n)
        p = Add(e, one)
        s = Div(one, p)
        a2 = MatMul(s, w)
        z = Max(a2, zero)
        a3 = MatMul(z, w)
        e3 = Exp(a3)
        p3 = Add(one, e3)
        l3 = Log(p3)
        a4 = MatMul(l3, w)
        q = Add(a4, three)
        c = Clip(q, zero, six)
        d = Div(c, six)
        a5 = MatMul(d, w)
        b = Abs(a5)
        o = Add(b, one)
        y = Div(a5, o)
        """);
    put("NormalizedInput", "Normalization Linear", """
        in x [N,4]
        out y
        mean [4] 1 -2 0 3
        std [4] 0.5 2 1 4
        w [4,2]
        c = Sub(x, mean)
        d = Div(c, std)
        y = MatMul(d, w)
        """);
  }

  static {
    put("Embedded", "Embedding Flatten Linear", """
        in x [N,3] ints
        out y
        table [7,4]
        w [12,2]
        e = Gather(table, x)
        f = Flatten(e)
        y = MatMul(f, w)
        """);
    put("EmbeddedOfOneIndex", "Embedding Flatten Linear", """
        in x [N] ints
        out y
        table [7,4]
        w [4,2]
        e = Gather(table, x) axis=-2
        y = MatMul(e, w)
        """);
    put("EmbeddedAfterReshape", "Embedding LayerNorm", """
        in x [N,2,3] int32
        out y
        table [7,4]
        four [4] 1 2 3 4
        minus [2] ints 0 -1
        wide [3] ints -1 6 4
        r = Reshape(x, minus)
        c = Cast(r) to=7
        e = Gather(table, c)
        s = Mul(e, four)
        b = Add(s, four)
        t = Reshape(b, wide)
        y = LayerNormalization(t, four)
        """);
    put("EmbeddedOfFloats", "Embedding Flatten Concat Linear", """
        in codes [N,1]
        in numbers [N,3]
        out y
        table [5,2]
        one [1] ints 1
        w [5,2]
        c = Cast(codes) to=6
        e = Gather(table, c)
        s = Squeeze(e, one)
        a = Concat(numbers, s) axis=1
        y = MatMul(a, w)
        """);
    put("IntegersAsNumbers", "Linear", """
        in x [N,3] ints
        out y
        w [3,2]
        c = Cast(x) to=1
        y = MatMul(c, w)
        """);
    put("DoublePrecision", "Normalization Linear LayerNorm Linear", """
        in x [N,4] double
        out y double
        mean [4] double
        std [4] double 0.5 2 1.25 4
        w [4,3] double
        v [3,2] double
        scale [3] double
        low [] double -0.123456789012345
        high [] double 0.987654321098765
        c = Sub(x, mean)
        d = Div(c, std)
        m = MatMul(d, w)
        e = Clip(m, low, high)
        n = LayerNormalization(e, scale)
        y = MatMul(n, v)
        """);
    put("DoubleEmbedding", "Embedding Flatten Linear", """
        in x [N,2] int32
        out y double
        table [7,4] double
        w [8,2] double
        e = Gather(table, x)
        f = Flatten(e)
        t = Tanh(f)
        y = MatMul(t, w)
        """);
    put("TwoInputs", "Linear Linear Add Mul", """
        in state [N,4]
        in goal [N,3]
        out y
        w [4,3]
        v [3,3]
        p = MatMul(goal, v)
        q = MatMul(state, w)
        s = Add(q, p)
        y = Mul(s, goal)
        """);
    put("TwoImagesChannelsLast", "Conv2d Add Mul Flatten Linear", """
        in x [N,4,4,2]
        in z [N,2,4,4]
        out y
        k [2,2,3,3]
        w [32,2]
        t = Transpose(x) perm=0,3,1,2
        a = Conv(t, k) pads=1,1,1,1
        s = Add(a, t)
        m = Mul(z, s)
        u = Transpose(m) perm=0,2,3,1
        f = Flatten(u)
        y = MatMul(f, w)
        """);
    put("ResidualChannelsLast", "Conv2d Add Flatten Linear", """
        in x [N,4,3,2]
        out y
        k [2,2,3,3]
        w [24,2]
        t = Transpose(x) perm=0,3,1,2
        a = Conv(t, k) pads=1,1,1,1
        s = Add(a, t)
        u = Transpose(s) perm=0,2,3,1
        f = Flatten(u)
        y = MatMul(f, w)
        """);
    put("ResidualOfTheModelsOrder", "Conv2d Add Flatten Linear", """
        in x [N,4,3,2]
        out y
        k [2,2,3,3]
        w [24,2]
        t = Transpose(x) perm=0,3,1,2
        a = Conv(t, k) pads=1,1,1,1
        u = Transpose(a) perm=0,2,3,1
        s = Add(u, x)
        f = Flatten(s)
        y = MatMul(f, w)
        """);
    put(
        "MeansOfChannelsLast",
        "Conv2d GlobalAvgPool Flatten Linear GlobalAvgPool Flatten Linear Add",
        """
        in x [N,4,3,2]
        out y
        k [2,2,3,3]
        w [2,2]
        v [2,2]
        t = Transpose(x) perm=0,3,1,2
        a = Conv(t, k) pads=1,1,1,1
        m = ReduceMean(a) axes=2,3 keepdims=0
        n = ReduceMean(t) axes=2,3 keepdims=0
        p = MatMul(m, w)
        q = MatMul(n, v)
        y = Add(p, q)
        """);
  }

  private static void put(String name, String layers, String text) {
    MODELS.put(name, new String[] {layers, text});
  }

  @Test
  void computeWhatOnnxRuntimeComputes() throws Exception {
    Map<String, ImportedSource> sources = new LinkedHashMap<>();
    Map<String, Net> nets = new LinkedHashMap<>();
    for (Map.Entry<String, String[]> entry : MODELS.entrySet()) {
      byte[] bytes = ModelWriter.bytes(ModelText.of(entry.getValue()[1]));
      Files.write(directory.resolve(entry.getKey()), bytes);
      Net net =
          ModelImporter.read(ModelFile.read(entry.getKey(), bytes), Optional.empty(), Map.of());
      nets.put(entry.getKey(), net);
      sources.put(
          "folded." + entry.getKey(),
          ImportedSource.of(
              net, new ImportedSource.Target("folded", entry.getKey()), "model", Map.of()));
      assertThat(net.layers().stream()
              .map(layer -> layer.kind().annotation())
              .collect(Collectors.joining(" ")))
          .describedAs(entry.getKey())
          .isEqualTo(entry.getValue()[0]);
    }
    Map<String, Model> models = Networks.of(sources);

    for (Map.Entry<String, Net> entry : nets.entrySet()) {
      boolean doubles = entry.getValue().type() == ElementType.DOUBLE;
      boolean integers = entry.getKey().equals("IntegersAsNumbers");
      for (int rows : new int[] {1, 5}) {
        Feed feed = Feed.random(
            Feed.sources(entry.getValue()),
            rows,
            3,
            random -> integers ? random.nextInt(9) - 4 : random.nextGaussian());
        double[] actual = feed.outputs(models.get("folded." + entry.getKey()));
        try (OnnxRuntime reference = new OnnxRuntime(directory.resolve(entry.getKey()))) {
          double[] expected = reference.run(rows, feed.inputs(), "y");
          assertThat(actual).describedAs(entry.getKey()).hasSameSizeAs(expected);
          for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                .describedAs(entry.getKey())
                .isCloseTo(
                    expected[i], within((doubles ? 1e-11 : 1e-5) * (1 + Math.abs(expected[i]))));
          }
        }
      }
    }
  }
}
