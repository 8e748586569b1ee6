package dev.gradpoet.processor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every case of PyTorch's that this version covers; {@code -Dgradpoet.golden=DIR} runs those of another directory. */
class GoldenConformanceTest {

  /** How many of the project's own cases there are, and how many of them are covered. */
  private static final int CASES = 621;

  private static final int COVERED = 621;

  private static final class Row {
    private int cases;
    private long values;
    private double worst;
  }

  @Test
  void theNumbersArePyTorchs() throws IOException, URISyntaxException {
    String directory = System.getProperty("gradpoet.golden");
    List<Golden> all = Golden.readAll(directory == null ? ownCases() : Path.of(directory));
    List<Golden> covered = all;
    Networks networks = new Networks();
    CaseRunner runner = new CaseRunner(networks);
    covered.forEach(runner::declare);
    networks.compile();

    Map<String, Row> table = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    for (Golden golden : covered) {
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
    print(table, covered.size(), all.size());

    assertThat(failures).isEmpty();
    if (directory == null) {
      assertThat(all).hasSize(CASES);
      assertThat(covered).hasSize(COVERED);
    } else {
      assertThat(covered).hasSize(all.size());
    }
  }

  private static Path ownCases() throws URISyntaxException {
    return Path.of(GoldenConformanceTest.class.getResource("/golden/index.json").toURI())
        .getParent();
  }

  private static void print(Map<String, Row> table, int covered, int all) {
    System.out.printf(
        Locale.ROOT,
        "%-22s %6s %10s  %s%n",
        "kind",
        "cases",
        "values",
        "largest error / tolerance");
    table.forEach((kind, row) -> System.out.printf(
        Locale.ROOT, "%-22s %6d %10d  %.4f%n", kind, row.cases, row.values, row.worst));
    System.out.println(covered + " of " + all + " cases are covered by this version");
  }
}
