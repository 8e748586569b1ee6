package dev.gradpoet.onnx.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gradpoet.onnx.testing.ModelText;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.onnx.wire.ModelWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be computed exactly is refused, with all reasons at once. */
class RefusedModelsTest {

  private static List<Refusal> refusals(String text, Optional<String> output) throws IOException {
    ModelFile file = ModelFile.read("m.onnx", ModelWriter.bytes(ModelText.of(text)));
    RefusedModelException refused = catchThrowableOfType(
        RefusedModelException.class, () -> ModelImporter.read(file, output, Map.of()));
    assertThat(refused).describedAs("imported: " + text).isNotNull();
    return refused.refusals();
  }

  private static String only(String text) throws IOException {
    List<Refusal> refusals = refusals(text, Optional.empty());
    assertThat(refusals).hasSize(1);
    return refusals.get(0).toString();
  }

  @Test
  void allReasonsAtOnce() throws IOException {
    assertThat(refusals("""
            in x [N,4]
            out y
            w [4,4]
            i [2] ints 0 1
            a = Gemm(x, w) magic=1
            b = Tan(x)
            c = Gather(x, i) axis=1
            d = Selu(x) alpha=2.0
            e = Tan(a)
            s = Sum(a, b, c, d, e)
            y = Relu(s)
            """, Optional.empty()))
        .extracting(Refusal::toString)
        .containsExactly(
            "Gemm \"a\": it has the attribute \"magic\", which this version of the operator does not have: export the model again with an opset from 7 to 25",
            "Tan \"b\": no layer computes this operator: leave it out of the model, or run the model with ONNX Runtime",
            "Gather \"c\": it picks values of a row: no layer picks values: do it before the network",
            "Selu \"d\": its alpha is 2.0, expected 1.6732632: no activation of dev.gradpoet.Activation computes it: use one that does in the model",
            "Tan \"e\": no layer computes this operator: leave it out of the model, or run the model with ONNX Runtime");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y = Softmax(x) axis=0 | its axis is that of the rows, expected the last one",
        "y = Softmax(x) axis=1 | it works on axis 1 of 3, expected the last",
        "y = Transpose(x) perm=1,0,2 | it moves the rows to another dimension",
        "y = Transpose(x) perm=0,2,1 | is in another order than the layer that computes it",
        "y = Flatten(x) axis=2 | it flattens at axis 2, expected 1",
        "y = Reshape(x, six) | it reshapes to [6], which changes or fixes the number of rows",
        "y = Reshape(x, rows) | it reshapes to [2, 3, 2], which changes or fixes the number of rows",
        "y = Reshape(x, more) | which changes the number of rows",
        "y = ReduceMean(x) axes=0, | it takes means over the rows",
        "y = ReduceMean(x) axes=1, | expected all but the channels",
        "y = LayerNormalization(x, w3) axis=0 | it normalizes over the rows",
        "y = Add(x, x2) | which differs between rows",
        "y = Mul(x, minus) | expected finite numbers, and factors above 0",
        "y = Concat(x, x) axis=2 | expected axis 1 and equal other dimensions",
        "y = Concat(x, x) axis=0 | expected axis 1 and equal other dimensions",
        "y = Expand(x, more) | it repeats values, expected the shape that they have",
        "y = Clip(x, one, minus) | expected a smaller minimum than maximum",
        "y = Pow(x, one2) | it is not part of an activation",
        "y = Dropout(x, half, true) | it is in training mode, expected inference",
        "y = MatMul(x, stack) | expected one matrix for all rows",
        "y = MatMul(w3, x) | its first input is a constant, expected the second",
        "y = Cast(x) to=11 | it casts values of type FLOAT to DOUBLE, expected FLOAT",
        "y = MaxPool(x) kernel_shape=1, dilations=2, | its dilations are [2], expected 1",
        "y = MaxPool(x) kernel_shape=2, pads=2,0 | it pads by 2, expected at most 1",
        "y = MaxPool(x) kernel_shape=4, | its kernel covers 4 values, expected at most the 2",
        "y = other.Relu(x) | it is of the operator set other, expected ONNX's own",
        "y = Relu(z) | it reads \"z\", which nothing before it computes",
        "y = Elu(x) alpha=1 | its attribute \"alpha\" is of type INT, expected FLOAT",
        "y = Conv(x, k) auto_pad=SAME | its auto_pad is \"SAME\", expected NOTSET, VALID, SAME_UPPER or SAME_LOWER, or pads",
        "y = Conv(x, k) strides=1,1 | its strides are [1, 1], expected 1 numbers from 1",
        "y = Conv(x, k) group=2 | it has 2 groups and 5 outputs, expected a divisor of them",
        "y = Conv(x, k) kernel_shape=[2] | its kernel_shape is [2], expected [1], the size of its weight",
        "y = Conv(x, k4) | it reads 3 channels with a weight of [5, 4, 1]",
        "y = Conv(x, k, w3) | its bias is FLOAT of shape [3, 2], expected 5 values",
        "y = MaxPool(x) kernel_shape=[2] storage_order=1 | its storage_order is not 0",
        "y = MaxPool(x) strides=[1] | it has no kernel_shape",
        "y = MaxPool(x) kernel_shape=[1] strides=[3] ceil_mode=1 | adds a window that begins after the last value",
        "y = BatchNormalization(x, six_f, six_f, six_f, six_f) | its input 1 is FLOAT of shape [6], expected 3 values",
        "y = Gelu(x) approximate=fast | its attribute approximate is \"fast\", expected none or tanh",
        "y = Dropout(x, two) | its ratio is 2.0, expected 0 to 1",
        "y = Transpose(x) perm=0,1,1 | its perm is [0, 1, 1], expected each of 0 to 2 once",
        "y = Softmax(x) axis=3 | its axis is 3, expected -3 to 2",
        "y = Add(x) | it has no input 1, which is required",
        "y = Relu(x, x) | it has 2 inputs, expected at most 1",
        "y = Pad(x, addRows) | it adds rows",
        "y = Pad(x, cut) | its pads are [0, 0, -1, 0, 0, 0], expected numbers from 0",
        "y = Pad(x, six) | its pads are [6], expected 6 numbers",
        "y = Reshape(x, half) | its input 1 is of type FLOAT, expected integers",
        "y = Clip(x, w3) | its input 1 is FLOAT of shape [3, 2], expected one number",
        "y = Add(x, six_f) | expected sizes that are equal or 1",
        "y = MatMul(x, six) | its input 1 is of type INT64, expected FLOAT or DOUBLE",
        "y = MatMul(x, w3) | it multiplies rows of [3, 2] by a matrix of 3 rows and 2 columns, expected a last dimension of 3",
        "y = PRelu(x, w3) | expected one number for each channel",
      })
  void a(String node, String reason) throws IOException {
    String text = """
        opset 17
        in x [N,3,2]
        out y
        six [1] ints 6
        rows [3] ints 2 3 2
        more [3] ints -1 2 2
        true [] ints 1
        w3 [3,2]
        x2 [2,3,2]
        stack [2,2,4]
        minus [] -1
        one [] 1
        one2 [] 2
        half [] 0.5
        two [] 2
        k [5,3,1]
        k4 [5,4,1]
        six_f [6]
        addRows [6] ints 1 0 0 0 0 0
        cut [6] ints 0 0 -1 0 0 0
        """;

    assertThat(only(text + node)).contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in x | has no shape, expected the number of rows and their sizes",
        "in x [N,height] | has the free size \"height\" in dimension 1, expected a number",
        "in x [N,3] bools | is of type BOOL, expected FLOAT or DOUBLE, or INT64 or INT32 for class indices",
        "in x [N,99999999] | has rows of more than 67108864 values",
      })
  void anInput(String input, String reason) throws IOException {
    assertThat(only(input + "\nout y\ny = Relu(x)")).contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a, y = Dropout(x); z = Relu(y) | its output number 1 is used, expected only the first",
        "s = Shape(x); y = Reshape(w, s) | it reshapes a constant by the number of rows",
        "s = Shape(x); c = ConstantOfShape(t); y = Add(x, c) | its shape is [-1], expected sizes from 0",
        "p = Pad(x, channels); y = Conv(p, k) | a Pad adds channels to its input",
        "y = Gather(x, w) | it picks values of a row",
        "g = Gather(w, i); y = Add(x, g) | it picks values of a constant, expected a vector of integers",
        "g = Gather(t, i); y = Reshape(x, g) | its index is 9, expected less than 1",
        "r = Reshape(x, deep); y = LayerNormalization(r, t_f) | it works on rows of [1, 1, 3, 2], expected at most 3 dimensions",
        "r = Reshape(x, deep); y = Concat(r, r) axis=1 | it works on rows of [1, 1, 3, 2], expected at most 3 dimensions",
        "r = Reshape(x, deep); y = MatMul(r, w2) | it works on rows of [1, 1, 3, 2], expected at most 3 dimensions",
        "r = Reshape(x, deep); y = Softmax(r) | it works on rows of [1, 1, 3, 2], expected at most 3 dimensions",
        "c = Div(t, t); y = Reshape(x, c) | it computes with constants of type INT64, expected FLOAT or INT64",
        "c = Add(w, v); y = Add(x, c) | expected sizes that are equal or 1",
        "c = Erf(w); y = Add(x, c) | all its inputs are constants, and this is not computed at import",
        "p = Pad(x, sides); y = AveragePool(p) kernel_shape=[4] pads=[1,1] | it has pads of its own beside those of a Pad",
      })
  void aPartOf(String nodes, String reason) throws IOException {
    String text = """
        opset 17
        in x [N,3,2]
        out y
        i [1] ints 9
        t [1] ints -1
        t_f [1]
        w [3,2]
        v [5]
        w2 [2,4]
        k [5,3,1]
        deep [5] ints -1 1 1 3 2
        channels [6] ints 0 1 0 0 0 0
        sides [6] ints 0 0 1 0 0 1
        """;

    String all = text + nodes.replace("; ", "\n");
    assertThat(only(nodes.startsWith("a,") ? all.replace("out y", "out z") : all))
        .contains(reason);
  }

  @Test
  void severalOutputsWithoutAChoice() throws IOException {
    String text = "in x [N,3]\nout y\nout z\ny = Relu(x)\nz = Tanh(x)";

    assertThat(only(text))
        .isEqualTo(
            "model: it has the outputs y, z, expected one: choose one with --output, such as --output y");
    assertThat(refusals(text + "\nt = Tan(x)\nout t", Optional.empty()))
        .extracting(Refusal::operator)
        .containsExactly("model", "Tan");
    assertThat(refusals(text, Optional.of("q")).get(0).toString())
        .isEqualTo("model: it has no output \"q\": its outputs are y, z");
  }

  @Test
  void inputsThatDoNotFitTogether() throws IOException {
    assertThat(refusals("""
            in a [1,3]
            in b [N,3] double
            in c [N,height]
            in d [N,3] bools
            out y
            e = Tan(a)
            y = Sum(a, b, c, d, e)
            """, Optional.empty()))
        .extracting(Refusal::toString)
        .containsExactly(
            "model: its input \"c\" has the free size \"height\" in dimension 1, expected a number: a network has fixed shapes: export the model with a fixed size",
            "model: its input \"d\" is of type BOOL, expected FLOAT or DOUBLE, or INT64 or INT32 for class indices: export the model with one of these",
            "model: its inputs are of types a FLOAT, b DOUBLE, expected one: a network computes in one type: give all inputs of numbers the same in the model",
            "model: its inputs have these numbers of rows: a 1, b any, expected the same for all: a network reads a row of each input at once: give all the same first dimension in the model",
            "Tan \"e\": no layer computes this operator: leave it out of the model, or run the model with ONNX Runtime");
  }

  /** A sixth with five digits is a hard sigmoid in single precision; in double, it would change the result. */
  @Test
  void roundedConstantsInDoublePrecision() throws IOException {
    String text = """
        in x [N,3] %s
        out y
        three [] %s 3
        zero [] %s 0
        six [] %s 6
        sixth [] %s 0.166667
        a = Add(x, three)
        c = Clip(a, zero, six)
        y = Mul(c, sixth)
        """;

    assertThat(only(text.replace("%s", "double"))).contains("it is not part of an activation");
    ModelFile single = ModelFile.read(
        "m.onnx",
        ModelWriter.bytes(ModelText.of(text.replace("[N,3] %s", "[N,3]").replace("%s ", ""))));
    assertThat(ModelImporter.read(single, Optional.empty(), Map.of()).layers()).hasSize(1);
  }

  @Test
  void moreInputsThanADeclarationTakes() throws IOException {
    StringBuilder text = new StringBuilder("out y\n");
    for (int i = 0; i < 65; i++) {
      text.append("in x%d [N,3]%n".formatted(i));
    }
    text.append("y = Sum(")
        .append(IntStream.range(0, 65).mapToObj(i -> "x" + i).collect(Collectors.joining(", ")))
        .append(")");
    assertThat(only(text.toString())).contains("it reads 65 inputs, expected at most 64");
  }

  /** Two squares: before the softmax and after it, transposed, which looked as if nothing had moved. */
  @Test
  void aTransposeBeforeASoftmaxIsNotForgotten() throws IOException {
    assertThat(only("""
            in x [N,3,3]
            out y
            t = Transpose(x) perm=0,2,1
            s = Softmax(t)
            y = Transpose(s) perm=0,2,1
            """)).contains("is in another order than the layer that computes it");
  }

  @Test
  void functionsCalledWithWhatTheyDoNotTake() throws IOException {
    assertThat(only("""
            in x [N,3]
            out y
            function f(a) b alpha {
              b = LeakyRelu(a) alpha=@alpha
            }
            y = local.f(x) slope=0.5
            """))
        .isEqualTo(
            "local.f \"y\": it has more inputs, outputs or attributes than the function that it calls: the file is damaged: export the model again");
  }

  /** A refusal in a function names the node that calls it, and the node in it. */
  @Test
  void nodesOfFunctions() throws IOException {
    assertThat(only("""
            in x [N,3]
            out y
            function outer(a) b {
              b = local.inner(a)
            }
            function inner(c) d {
              d = Tan(c)
            }
            y = local.outer(x)
            """)).startsWith("Tan \"y/b/d\": no layer computes this operator");
  }

  @Test
  void formulasThatDoubleAtEachNode() throws IOException {
    StringBuilder text =
        new StringBuilder("in x [N,3,2]\nout y50\ny0 = ReduceMean(x) axes=2, keepdims=0\n");
    for (int i = 1; i <= 50; i++) {
      text.append("y%d = Add(y%d, y%d)%n".formatted(i, i - 1, i - 1));
    }
    assertThat(only(text.toString()))
        .contains("a formula with means that has more than 64 operations");
  }

  @Test
  void aNewerOpset() throws IOException {
    assertThat(only("opset 99\nin x [N,3]\nout y\nz = Tanh(x)\ny = Relu(z)"))
        .contains("it is of opset 99, expected 1 to 25");
  }

  @Test
  void aModelThatComputesNothing() throws IOException {
    assertThat(only("in x [N,3]\nout y\ny = Identity(x)"))
        .contains("its output y is its input as it is");
  }

  @Test
  void functionsWithoutEnd() throws IOException {
    assertThat(only("""
        in x [N,3]
        out y
        function f(a) b {
          b = local.f(a)
        }
        y = local.f(x)
        """)).contains("call each other more than 32 deep");
  }
}
