package dev.gradpoet.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Layer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The layout is torchinfo's: the widths of columns, marks and units of its own test outputs ({@code row_settings.out}, {@code linear.out}). */
class SummaryTest {

  @Test
  void printsARowForEachLayerAndTheTotals() {
    String table = Summary.of(
        "Digits",
        DType.FLOAT32,
        64,
        10,
        List.of(
            DeclaredLayerTest.linear("hidden", 64, 32),
            DeclaredLayerTest.linear("logits", 32, 10)));

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
    String table = Summary.of(
        "Residual",
        DType.FLOAT64,
        1000,
        1000,
        List.of(
            DeclaredLayerTest.layer(
                "inner",
                "Linear",
                1000,
                List.of(),
                List.of(DoubleParameter.byInput("inner", "weight", 1000, 1000))),
            DeclaredLayerTest.layer("sum", "Add", 1000, List.of(), List.of()),
            DeclaredLayerTest.layer(
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
    List<String> lines = Summary.of(
            "Net", DType.FLOAT32, 1, 1, List.of(DeclaredLayerTest.linear(name, 1, 1)))
        .lines()
        .toList();

    // "Linear (name): 1-1" has 49 characters, the indent takes 6 more.
    assertThat(lines.get(0)).hasSize(55 + 50);
    assertThat(lines.get(4))
        .isEqualTo("├─Linear (" + name + "): 1-1     [1, 1]                    2");
  }

  @Test
  void theLocaleOfTheMachineChangesNothing() {
    Locale before = Locale.getDefault();
    List<Layer> layers = List.of(DeclaredLayerTest.linear("a", 64, 32));
    String expected = Summary.of("Net", DType.FLOAT32, 64, 32, layers);
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Summary.of("Net", DType.FLOAT32, 64, 32, layers)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }
}
