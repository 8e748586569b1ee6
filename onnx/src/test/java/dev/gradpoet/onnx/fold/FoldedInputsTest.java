package dev.gradpoet.onnx.fold;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of several inputs, of class indices, of inputs in another order and in double computes what ONNX Runtime computes. */
class FoldedInputsTest {

  @TempDir
  private Path directory;

  private static final Map<String, String[]> MODELS = new LinkedHashMap<>();

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
    FoldedModels.assertComputed(MODELS, directory);
  }
}
