package dev.gradpoet.onnx.fold;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

  private static void put(String name, String layers, String text) {
    MODELS.put(name, new String[] {layers, text});
  }

  @Test
  void computeWhatOnnxRuntimeComputes() throws Exception {
    FoldedModels.assertComputed(MODELS, directory);
  }
}
