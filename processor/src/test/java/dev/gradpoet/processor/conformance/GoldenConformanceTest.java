package dev.gradpoet.processor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import dev.gradpoet.processor.testing.Sample;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every case of PyTorch's that this version covers; {@code -Dgradpoet.golden=DIR} runs those of another directory. */
class GoldenConformanceTest {

  /** How many of the project's own cases there are. */
  private static final int CASES = 739;

  /** Odd, because cases of float and double come by turns. */
  private static final int ONE_IN = 25;

  private static final String DIRECTORY = System.getProperty("gradpoet.golden");

  /** Read once. */
  private static List<Golden> cases;

  private static final class Row {
    private int cases;
    private long values;
    private double worst;
  }

  @BeforeAll
  static void readCases() throws IOException, URISyntaxException {
    Map<Boolean, List<Golden>> read =
        Golden.readAll(DIRECTORY == null ? ownCases() : Path.of(DIRECTORY)).stream()
            .collect(Collectors.partitioningBy(CaseRunner::reads));
    if (!read.get(false).isEmpty()) {
      System.out.println("not of this version, so not read: " + read.get(false));
    }
    cases = read.get(true);
  }

  @Test
  void theNumbersOfSomeCasesOfEachKindArePyTorchs() {
    List<Golden> some = new ArrayList<>();
    cases.stream()
        .filter(golden -> !golden.has("graph"))
        .collect(Collectors.groupingBy(Golden::kind, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(ofKind -> some.addAll(Sample.oneIn(ONE_IN, ofKind)));

    requireNumbersOfPyTorch(some);
  }

  @Test
  void theNumbersOfSomeGraphsArePyTorchs() {
    List<Golden> graphs = cases.stream().filter(golden -> golden.has("graph")).toList();

    requireNumbersOfPyTorch(DIRECTORY == null ? Sample.oneIn(3, graphs) : graphs);
    if (DIRECTORY == null) {
      assertThat(graphs)
          .extracting(Golden::toString)
          .containsExactly(
              "graph/activation_alone_f32.json",
              "graph/activation_alone_f64.json",
              "graph/avg_pool2d_exclude_pad_f32.json",
              "graph/avg_pool2d_exclude_pad_f64.json",
              "graph/avg_pool2d_f32.json",
              "graph/avg_pool2d_f64.json",
              "graph/batch_norm_map_eval_f32.json",
              "graph/batch_norm_map_eval_f64.json",
              "graph/batch_norm_map_train_f32.json",
              "graph/batch_norm_map_train_f64.json",
              "graph/batch_norm_plain_eval_f32.json",
              "graph/batch_norm_plain_eval_f64.json",
              "graph/batch_norm_plain_train_f32.json",
              "graph/batch_norm_plain_train_f64.json",
              "graph/batch_norm_signal_eval_f32.json",
              "graph/batch_norm_signal_eval_f64.json",
              "graph/batch_norm_signal_train_f32.json",
              "graph/batch_norm_signal_train_f64.json",
              "graph/batch_norm_vector_eval_f32.json",
              "graph/batch_norm_vector_eval_f64.json",
              "graph/batch_norm_vector_train_f32.json",
              "graph/batch_norm_vector_train_f64.json",
              "graph/concat_maps_f32.json",
              "graph/concat_maps_f64.json",
              "graph/conv1d_causal_stack_f32.json",
              "graph/conv1d_causal_stack_f64.json",
              "graph/conv1d_k5_f32.json",
              "graph/conv1d_k5_f64.json",
              "graph/conv2d_3x3_f32.json",
              "graph/conv2d_3x3_f64.json",
              "graph/conv2d_depthwise_f32.json",
              "graph/conv2d_depthwise_f64.json",
              "graph/conv2d_dilated_f32.json",
              "graph/conv2d_dilated_f64.json",
              "graph/conv2d_grouped_f32.json",
              "graph/conv2d_grouped_f64.json",
              "graph/conv2d_no_flatten_f32.json",
              "graph/conv2d_no_flatten_f64.json",
              "graph/conv2d_padded_strided_f32.json",
              "graph/conv2d_padded_strided_f64.json",
              "graph/conv2d_pointwise_f32.json",
              "graph/conv2d_pointwise_f64.json",
              "graph/dropout_eval_f32.json",
              "graph/dropout_eval_f64.json",
              "graph/dropout_map_eval_f32.json",
              "graph/dropout_map_eval_f64.json",
              "graph/dropout_map_train_f32.json",
              "graph/dropout_map_train_f64.json",
              "graph/dropout_train_f32.json",
              "graph/dropout_train_f64.json",
              "graph/elementwise_on_maps_f32.json",
              "graph/elementwise_on_maps_f64.json",
              "graph/embedding_and_numbers_f32.json",
              "graph/embedding_and_numbers_f64.json",
              "graph/embedding_f32.json",
              "graph/embedding_f64.json",
              "graph/flatten_twice_f32.json",
              "graph/flatten_twice_f64.json",
              "graph/global_avg_pool1d_f32.json",
              "graph/global_avg_pool1d_f64.json",
              "graph/global_avg_pool_f32.json",
              "graph/global_avg_pool_f64.json",
              "graph/layer_norm_f32.json",
              "graph/layer_norm_f64.json",
              "graph/layer_norm_last_f32.json",
              "graph/layer_norm_last_f64.json",
              "graph/layer_norm_map_f32.json",
              "graph/layer_norm_map_f64.json",
              "graph/linear_on_signal_f32.json",
              "graph/linear_on_signal_f64.json",
              "graph/map_output_f32.json",
              "graph/map_output_f64.json",
              "graph/max_pool2d_f32.json",
              "graph/max_pool2d_f64.json",
              "graph/max_pool2d_overlapping_f32.json",
              "graph/max_pool2d_overlapping_f64.json",
              "graph/max_pool2d_ties_f32.json",
              "graph/max_pool2d_ties_f64.json",
              "graph/mul_f32.json",
              "graph/mul_f64.json",
              "graph/pool1d_f32.json",
              "graph/pool1d_f64.json",
              "graph/prelu_channels_f32.json",
              "graph/prelu_channels_f64.json",
              "graph/prelu_f32.json",
              "graph/prelu_f64.json",
              "graph/prelu_maps_f32.json",
              "graph/prelu_maps_f64.json",
              "graph/prelu_vector_f32.json",
              "graph/prelu_vector_f64.json",
              "graph/residual_block_f32.json",
              "graph/residual_block_f64.json",
              "graph/rows_of_maps_f32.json",
              "graph/rows_of_maps_f64.json",
              "graph/squeeze_excite_f32.json",
              "graph/squeeze_excite_f64.json",
              "graph/two_dense_inputs_f32.json",
              "graph/two_dense_inputs_f64.json",
              "graph_training/batch_norm_adam_f32.json",
              "graph_training/batch_norm_adam_f64.json",
              "graph_training/batch_norm_rows_sgd_f32.json",
              "graph_training/batch_norm_rows_sgd_f64.json",
              "graph_training/conv1d_adam_f32.json",
              "graph_training/conv1d_adam_f64.json",
              "graph_training/dropout_sgd_f32.json",
              "graph_training/dropout_sgd_f64.json",
              "graph_training/embedding_adamw_f32.json",
              "graph_training/embedding_adamw_f64.json",
              "graph_training/layer_norm_rmsprop_f32.json",
              "graph_training/layer_norm_rmsprop_f64.json",
              "graph_training/lenet_sgd_f32.json",
              "graph_training/lenet_sgd_f64.json",
              "graph_training/mul_adam_f32.json",
              "graph_training/mul_adam_f64.json",
              "graph_training/prelu_sgd_f32.json",
              "graph_training/prelu_sgd_f64.json",
              "graph_training/residual_sgd_f32.json",
              "graph_training/residual_sgd_f64.json");
    }
  }

  @Test
  @Tag("exhaustive")
  void theNumbersArePyTorchs() {
    requireNumbersOfPyTorch(cases);
    if (DIRECTORY == null) {
      assertThat(cases).hasSize(CASES);
    }
  }

  private static void requireNumbersOfPyTorch(List<Golden> cases) {
    Networks networks = new Networks();
    CaseRunner runner = new CaseRunner(networks);
    cases.forEach(runner::declare);
    networks.compile();

    Map<String, Row> table = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    for (Golden golden : cases) {
      Comparison comparison = runner.run(golden);
      failures.addAll(comparison.failures());
      Row row = table.computeIfAbsent(
          golden.kind() + " " + golden.dtype().name().toLowerCase(Locale.ROOT), kind -> new Row());
      row.cases++;
      row.values += comparison.values();
      row.worst = Math.max(row.worst, comparison.worst());
      if (golden.kind().equals("network") && golden.dtype() == DType.FLOAT32) {
        assertThat(comparison.worst())
            .as("share of the tolerance of %s", golden)
            .isLessThanOrEqualTo(0.25);
      }
    }
    print(table);

    assertThat(failures).withFailMessage(() -> String.join("\n", failures)).isEmpty();
  }

  private static Path ownCases() throws URISyntaxException {
    return Path.of(GoldenConformanceTest.class.getResource("/golden/index.json").toURI())
        .getParent();
  }

  private static void print(Map<String, Row> table) {
    System.out.printf(
        Locale.ROOT,
        "%-22s %6s %10s  %s%n",
        "kind",
        "cases",
        "values",
        "largest error / tolerance");
    table.forEach((kind, row) -> System.out.printf(
        Locale.ROOT, "%-22s %6d %10d  %.4f%n", kind, row.cases, row.values, row.worst));
  }
}
