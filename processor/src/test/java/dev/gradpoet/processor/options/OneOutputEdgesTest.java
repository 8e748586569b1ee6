package dev.gradpoet.processor.options;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.DType;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Options of activations at the edges of the numbers in networks with one output, whose class depends on them: bounds in pairs, and the classes of what
 * is taken.
 */
class OneOutputEdgesTest {

  /** A declaration, and what stands in it. */
  private record Declared(DType dtype, String activation, String options, boolean legal) {

    String source(String name) {
      return """
          package one;
          import dev.gradpoet.*;
          import dev.gradpoet.runtime.Layer;
          @Network(input = 1, dtype = DType.%s)
          public interface %s {
            @ActivationOptions(%s) @Linear(out = 1, activation = Activation.%s) Layer a();
          }
          """.formatted(dtype, name, options, activation);
    }
  }

  private static final List<String> EDGES = List.of(
      "0.0",
      "-0.25",
      "Double.MIN_VALUE",
      "1e-39",
      "1e38",
      "1e39",
      "1e40",
      "-Double.MAX_VALUE",
      "Double.POSITIVE_INFINITY",
      "Double.NaN");

  /** Prime, so that values and types come by turns. */
  private static final int ONE_IN = 23;

  private final List<String> wrong = new ArrayList<>();

  @Test
  void somePairsOfBoundsAreTakenOrRefused() {
    eachIsTakenOrRefused(Sample.oneIn(ONE_IN, bounds()));
  }

  @Test
  @Tag("exhaustive")
  void everyPairOfBoundsIsTakenOrRefused() {
    List<Declared> all = bounds();
    eachIsTakenOrRefused(all);
    assertThat(all).filteredOn(Declared::legal).hasSizeGreaterThan(50);
  }

  private void eachIsTakenOrRefused(List<Declared> all) {
    Map<String, List<String>> errors = compile(all, "-proc:only").errors().stream()
        .collect(Collectors.groupingBy(
            each -> each.getSource() == null
                ? ""
                : each.getSource().getName().replaceAll(".*/|[.]java", ""),
            Collectors.mapping(each -> each.getMessage(Locale.ROOT), Collectors.toList())));

    for (int i = 0; i < all.size(); i++) {
      List<String> said = errors.getOrDefault("N" + i, List.of());
      boolean refused = !said.isEmpty() && said.stream().allMatch(text -> text.endsWith("[GP034]"));
      if (all.get(i).legal() ? !said.isEmpty() : !refused) {
        wrong.add(all.get(i) + ": " + said);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(errors).isNotEmpty().doesNotContainKey("");
  }

  @Test
  void someOfWhatIsTakenTrainsAndHasAClass() {
    assertThat(decidedOf(Sample.oneIn(ONE_IN, taken()))).isPositive();
  }

  @Test
  @Tag("exhaustive")
  void whatIsTakenTrainsAndHasAClass() {
    List<Declared> all = taken();
    assertThat(decidedOf(all)).isGreaterThan(50);
    assertThat(all).hasSizeGreaterThan(100);
  }

  private static List<Declared> taken() {
    List<Declared> all = new ArrayList<>(bounds());
    OptionValue.all().stream()
        .filter(each -> each.activation() && EDGES.contains(each.text()))
        .map(each -> new Declared(
            each.dtype(), each.function(), each.option() + " = " + each.text(), each.isLegal()))
        .forEach(all::add);
    all.removeIf(each -> !each.legal());
    return all;
  }

  /** How many of these networks show their class in the output. */
  private int decidedOf(List<Declared> all) {
    ClassLoader loader =
        SourceCompiler.load(SourceCompiler.withoutWarnings(compile(all, "-Xlint:all")));

    int decided = 0;
    for (int i = 0; i < all.size(); i++) {
      Model model = load(loader, "N" + i);
      DType dtype = all.get(i).dtype();
      model.layer(0).weight().set(1, 0, 0);
      model.layer(0).bias().set(0, 0);
      double[] outputs =
          model.forward(Tensor.of(new double[] {-3, 0, 3}, 3, 1).to(dtype)).toDoubleArray();
      Predictor predictor = model.predictor();
      String classes = "" + predictor.predictClass(Tensor.of(-3.0).to(dtype))
          + predictor.predictClass(Tensor.of(3.0).to(dtype));
      // the class is seen in the output where the function grows through 0
      if (outputs[0] <= outputs[1] && outputs[1] < outputs[2]) {
        decided++;
        if (!classes.equals("01")) {
          wrong.add(all.get(i) + " has the classes " + classes);
        }
      }
      Trainer trainer = model.trainer(Sgd.of(0.1).momentum(0.9), 1);
      trainer.forward(Tensor.of(new double[] {0.5}, 1, 1).to(dtype));
      trainer.backward(Tensor.of(new double[] {1}, 1, 1).to(dtype));
      if (!Double.isFinite(trainer.gradient("a.weight").get(0, 0))) {
        wrong.add(all.get(i) + " has the gradient " + trainer.gradient("a.weight"));
      }
    }
    assertThat(wrong).isEmpty();
    return decided;
  }

  /** HARD_TANH between every two of the values. */
  private static List<Declared> bounds() {
    List<Declared> all = new ArrayList<>();
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (String min : EDGES) {
        for (String max : EDGES) {
          double low = OptionValue.parse(min);
          double high = OptionValue.parse(max);
          boolean legal = dtype == DType.FLOAT32 ? (float) low < (float) high : low < high;
          all.add(new Declared(dtype, "HARD_TANH", "minVal = " + min + ", maxVal = " + max, legal));
        }
      }
    }
    return all;
  }

  private static Compilation compile(List<Declared> all, String option) {
    List<JavaFileObject> files = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      files.add(JavaFileObjects.forSourceString("one.N" + i, all.get(i).source("N" + i)));
    }
    return javac()
        .withOptions(option, "-Xmaxerrs", "10000", "-Agradpoet.simd=off")
        .withProcessors(new NetworkProcessor())
        .compile(files);
  }

  private static Model load(ClassLoader loader, String name) {
    try {
      return (Model)
          loader.loadClass("one." + name + "Network").getConstructor(long.class).newInstance(1L);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
