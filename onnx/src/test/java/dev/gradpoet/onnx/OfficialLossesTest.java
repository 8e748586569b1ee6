package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Reduction;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.testing.OfficialTests;
import dev.gradpoet.onnx.testing.OfficialTests.OfficialTest;
import dev.gradpoet.onnx.wire.NodeProto;
import dev.gradpoet.onnx.wire.TensorProto;
import dev.gradpoet.runtime.Functional;
import dev.gradpoet.runtime.Tensor;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** ONNX's own tests of losses, which no network contains, against {@code Functional}. */
class OfficialLossesTest {

  @Test
  void functionalComputesTheLossesOfOnnx() throws Exception {
    List<OfficialTest> tests = OfficialTests.all().stream()
        .filter(test -> List.of("NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss")
            .contains(test.operator()))
        .toList();
    for (OfficialTest test : tests) {
      for (OfficialTests.Data data : test.data()) {
        double[] expected = Constant.of(data.output()).reals();
        double[] actual = loss(test, List.copyOf(data.inputs().values())).toDoubleArray();
        assertThat(actual).describedAs(test.name()).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
          assertThat(actual[i])
              .describedAs(test.name())
              .isCloseTo(expected[i], within(1e-5 * (1 + Math.abs(expected[i]))));
        }
      }
    }
    assertThat(tests).hasSize(46);
  }

  private static Tensor loss(OfficialTest test, List<TensorProto> inputs) {
    NodeProto node = test.model().model().graph().nodes().get(0);
    Tensor scores = channelsLast(Constant.of(inputs.get(0)));
    Tensor target = Tensor.of(Constant.of(inputs.get(1)).integers());
    Tensor weight = inputs.size() > 2 ? floats(Constant.of(inputs.get(2))) : null;
    Reduction reduction = test.attribute("reduction")
        .map(value -> Reduction.valueOf(value.text().toUpperCase(Locale.ROOT)))
        .orElse(Reduction.MEAN);
    int ignored =
        test.attribute("ignore_index").map(value -> (int) value.integer()).orElse(-100);
    return node.operator().startsWith("Negative")
        ? Functional.nllLoss(scores, target, reduction, weight, ignored)
        : Functional.crossEntropy(scores, target, reduction, weight, ignored, 0);
  }

  /** {@code [N, C, D...]} as rows of {@code [N * D, C]}. */
  private static Tensor channelsLast(Constant scores) {
    int[] dims = scores.dims();
    int[] order = new int[dims.length];
    for (int d = 0; d < dims.length; d++) {
      order[d] = d == 0 ? 0 : d == dims.length - 1 ? 1 : d + 1;
    }
    return floats(scores.transpose(order).reshape(scores.size() / dims[1], dims[1]));
  }

  private static Tensor floats(Constant constant) {
    float[] values = new float[constant.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) constant.real(i);
    }
    return Tensor.of(values, constant.dims());
  }
}
