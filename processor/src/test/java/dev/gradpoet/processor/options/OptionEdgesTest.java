package dev.gradpoet.processor.options;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.DType;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every option of every activation and loss at the edges of the numbers: one error at the value, or a network that trains. */
class OptionEdgesTest {

  /** Prime, so that options, values and types come by turns. */
  private static final int ONE_IN = 23;

  private final List<String> wrong = new ArrayList<>();

  @Test
  void someValuesAreTakenOrRefusedWhereTheyStand() {
    eachIsTakenOrRefused(Sample.oneIn(ONE_IN, OptionValue.all()), 2, 200 / ONE_IN, 600 / ONE_IN);
  }

  @Test
  @Tag("exhaustive")
  void eachValueIsTakenOrRefusedWhereItStands() {
    eachIsTakenOrRefused(OptionValue.all(), 2, 200, 600);
  }

  @Test
  void someValuesAreTakenOrRefusedWithOneOutput() {
    eachIsTakenOrRefused(Sample.oneIn(ONE_IN, activations()), 1, 100 / ONE_IN, 300 / ONE_IN);
  }

  /** One output of an activation has a class, whose threshold depends on the options. */
  @Test
  @Tag("exhaustive")
  void eachValueIsTakenOrRefusedWithOneOutput() {
    eachIsTakenOrRefused(activations(), 1, 100, 300);
  }

  private static List<OptionValue> activations() {
    return OptionValue.all().stream().filter(OptionValue::activation).toList();
  }

  private void eachIsTakenOrRefused(
      List<OptionValue> all, int outputs, int fewestErrors, int fewest) {
    Map<String, List<Diagnostic<? extends JavaFileObject>>> said = javac()
        .withOptions("-proc:only", "-Xmaxerrs", "1000", "-Agradpoet.simd=off")
        .withProcessors(new NetworkProcessor())
        .compile(all.stream().map(each -> file(each, outputs)).toList())
        .diagnostics()
        .stream()
        .filter(each -> each.getSource() != null)
        .collect(Collectors.groupingBy(
            each -> each.getSource().getName().replaceAll(".*/|[.]java", "")));

    for (OptionValue each : all) {
      List<String> errors = said.getOrDefault(each.name(), List.of()).stream()
          .map(one -> one.getLineNumber() + " " + one.getMessage(Locale.ROOT))
          .toList();
      boolean right = each.isLegal()
          ? errors.isEmpty()
          : errors.size() == 1
              && errors.get(0).startsWith(OptionValue.LINE + " ")
              && errors.get(0).endsWith("[GP034]");
      if (!right) {
        wrong.add(each + ": " + errors);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(all).hasSizeGreaterThan(fewest);
    assertThat(said).hasSizeBetween(fewestErrors, 2 * fewestErrors);
  }

  @Test
  void activationsTrainWithSomeOfWhatIsTaken() {
    activationsTrainWith(Sample.oneIn(ONE_IN, networks()));
  }

  @Test
  @Tag("exhaustive")
  void activationsTrainWithWhatIsTaken() {
    Map<String, List<OptionValue>> networks = networks();
    activationsTrainWith(networks);
    assertThat(networks).hasSizeGreaterThan(30);
  }

  /** One network a value and type: a layer for each option that takes it, all joined. */
  private static Map<String, List<OptionValue>> networks() {
    return activations().stream()
        .filter(OptionValue::isLegal)
        .collect(Collectors.groupingBy(
            each -> "N" + each.dtype() + each.text().replaceAll("\\W", "_"),
            LinkedHashMap::new,
            Collectors.toList()));
  }

  private void activationsTrainWith(Map<String, List<OptionValue>> networks) {
    Map<String, String> sources = new LinkedHashMap<>();
    networks.forEach(
        (name, options) -> sources.put("options." + name, OptionValue.network(name, options)));
    ClassLoader loader = SourceCompiler.process(sources);

    networks.forEach((name, options) -> {
      DType dtype = options.get(0).dtype();
      Model model = load(loader, name);
      Trainer trainer = model.trainer(Sgd.of(0.1).momentum(0.9), 2);
      trainer.forward(inputs(dtype));
      double[] outputs = trainer.output().toDoubleArray();
      double[] ones = new double[outputs.length];
      Arrays.fill(ones, 1);
      trainer.backward(Tensor.of(ones, 2, ones.length / 2).to(dtype));
      for (int i = 0; i < options.size(); i++) {
        OptionValue each = options.get(i);
        double[] of = Arrays.copyOfRange(outputs, 2 * i, 2 * i + 2);
        requireFinite(each, of);
        requireFinite(each, trainer.gradient("l" + i + ".weight").toDoubleArray());
      }
    });
    assertThat(wrong).isEmpty();
  }

  @Test
  void lossesTrainWithSomeOfWhatIsTaken() {
    lossesTrainWith(Sample.oneIn(ONE_IN, losses()));
  }

  @Test
  @Tag("exhaustive")
  void lossesTrainWithWhatIsTaken() {
    List<OptionValue> legal = losses();
    lossesTrainWith(legal);
    assertThat(legal).hasSizeGreaterThan(70);
  }

  private static List<OptionValue> losses() {
    Set<String> edges = Set.of(
        "0.0",
        "-0.0",
        "1e-46",
        "1e-38",
        "1e38",
        "1e39",
        "Double.MAX_VALUE",
        "Double.POSITIVE_INFINITY");
    return OptionValue.all().stream()
        .filter(each -> !each.activation() && each.isLegal() && edges.contains(each.text()))
        .toList();
  }

  /** The methods of a loss are the same for vectors, which are left out. */
  private void lossesTrainWith(List<OptionValue> legal) {
    ClassLoader loader = SourceCompiler.load(SourceCompiler.withoutWarnings(javac()
        .withOptions("-Xlint:all", "-Agradpoet.simd=off")
        .withProcessors(new NetworkProcessor())
        .compile(legal.stream().map(each -> file(each, 2)).toList())));

    for (OptionValue each : legal) {
      Trainer trainer = load(loader, each.name()).trainer(Sgd.of(0.1).momentum(0.9), 2);
      Tensor y = each.option().equals("classWeights") || each.function().equals("NLL")
          ? Tensor.of(0L, 1L)
          : Tensor.of(new double[] {1, 0, 0.25, 0.75}, 2, 2).to(each.dtype());
      trainer.forward(inputs(each.dtype()));
      requireFinite(each, trainer.loss(y));
      trainer.backward();
      requireFinite(each, trainer.gradient("a.weight").toDoubleArray());
    }
    assertThat(wrong).isEmpty();
  }

  private static Tensor inputs(DType dtype) {
    return Tensor.of(new double[] {0.5, -0.25, -0.5, 0.125}, 2, 2).to(dtype);
  }

  private void requireFinite(OptionValue each, double... values) {
    if (!each.mayOverflow() && !DoubleStream.of(values).allMatch(Double::isFinite)) {
      wrong.add(each + ": " + Arrays.toString(values));
    }
  }

  private static JavaFileObject file(OptionValue each, int outputs) {
    return JavaFileObjects.forSourceString("options." + each.name(), each.source(outputs));
  }

  private static Model load(ClassLoader loader, String name) {
    try {
      var constructor =
          loader.loadClass("options." + name + "Network").getDeclaredConstructor(long.class);
      constructor.setAccessible(true);
      return (Model) constructor.newInstance(1L);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
