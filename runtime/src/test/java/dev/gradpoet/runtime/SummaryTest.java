package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.runtime.support.DeclaredLayer;
import dev.gradpoet.runtime.support.DoubleParameter;
import dev.gradpoet.runtime.support.FloatParameter;
import dev.gradpoet.runtime.support.Slot;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The layout is torchinfo's: the widths of columns, marks and units of its own test outputs ({@code row_settings.out}, {@code linear.out}). */
class SummaryTest {

  @Test
  void printsARowForEachLayerAndTheTotals() {
    String table = summary(
        "Digits", DType.FLOAT32, 64, List.of(linear("hidden", 64, 32), linear("logits", 32, 10)));

    assertThat(table).isEqualTo("""
            ==========================================================================================
            Layer (type (var_name):depth-idx)        Output Shape              Param #
            ==========================================================================================
            Digits (Digits)                          [1, 10]                   --
            ├─Linear (hidden): 1-1                   [1, 32]                   2,080
            ├─Linear (logits): 1-2                   [1, 10]                   330
            ==========================================================================================
            Total params: 2,410
            Trainable params: 2,410
            Non-trainable params: 0
            Total mult-adds (k): 2.41
            ==========================================================================================
            Input size: 256
            Forward/backward pass size: 336
            Params size (kB): 9.64
            Estimated Total Size (kB): 10.23
            ==========================================================================================""");
  }

  @Test
  void mergesHaveNoParametersNormsTwoVectorsAndDoublesTakeEightBytes() {
    String table = summary(
        "Residual",
        DType.FLOAT64,
        1000,
        List.of(
            layer(
                "inner",
                "Linear",
                1000,
                List.of(),
                List.of(DoubleParameter.byInput("inner", "weight", 1000, 1000))),
            layer("sum", "Add", 1000, List.of(), List.of()),
            layer(
                "norm",
                "LayerNorm",
                1000,
                List.of(),
                List.of(
                    DoubleParameter.vector("norm", "weight", 1000),
                    DoubleParameter.vector("norm", "bias", 1000)))));

    assertThat(table.lines())
        .contains(
            "├─Linear (inner): 1-1                    [1, 1000]                 1,000,000",
            "├─Add (sum): 1-2                         [1, 1000]                 --",
            "├─LayerNorm (norm): 1-3                  [1, 1000]                 2,000",
            "Total mult-adds (M): 1.00",
            "Input size (kB): 8",
            "Params size (MB): 8.02");
  }

  @Test
  void longNamesWidenTheFirstColumnByStepsOfFive() {
    String name = "aVeryLongNameOfALayerThatDoesNotFit";
    List<String> lines =
        summary("Net", DType.FLOAT32, 1, List.of(linear(name, 1, 1))).lines().toList();

    // "Linear (name): 1-1" has 49 characters, the indent takes 6 more.
    assertThat(lines.get(0)).hasSize(55 + 50);
    assertThat(lines.get(4))
        .isEqualTo("├─Linear (" + name + "): 1-1     [1, 1]                    2");
  }

  @Test
  void theLocaleOfTheMachineChangesNothing() {
    Locale before = Locale.getDefault();
    List<Layer> layers = List.of(linear("a", 64, 32));
    String expected = summary("Net", DType.FLOAT32, 64, layers);
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(summary("Net", DType.FLOAT32, 64, layers)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Layer linear(String name, int in, int out) {
    return layer(
        name,
        "Linear",
        out,
        List.of("in_features", in, "out_features", out, "bias", true),
        List.of(
            FloatParameter.byInput(name, "weight", in, out),
            FloatParameter.vector(name, "bias", out)));
  }

  private static Layer layer(
      String name, String type, int width, List<Object> options, List<? extends Slot> slots) {
    return new DeclaredLayer(
        name, type, List.of("input"), new int[] {width}, Activation.RELU, options, slots);
  }

  private static String summary(String name, DType dtype, int inputs, List<Layer> layers) {
    return Summary.of(
        Architecture.of(name, dtype, List.of(Architecture.Input.of("input", inputs)), layers));
  }
}
