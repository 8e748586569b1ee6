package dev.gradpoet.processor.options;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.DType;
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.Functional;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Weights of classes that are set at run time do what declared ones do, to the bit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassWeightsTest {

  private static final double[] WEIGHTS = {0.3, 2.5, 0, 1};
  private static final int ROWS = 11;
  private static final int IGNORED = 3;

  /** A loss with options that stand beside the weights. */
  private record Case(String name, String loss, String options, DType dtype) {

    /** Two interfaces: with weights, and without. */
    String declared() {
      String network =
          "@Network(layers = {5, 4}, outputActivation = Activation.%s, loss = Loss.%s, dtype = DType.%s)"
              .formatted(loss.equals("NLL") ? "LOG_SOFTMAX" : "IDENTITY", loss, dtype);
      String others = options.isEmpty() ? "" : options + ", ";
      return "@LossOptions(" + others + "classWeights = {0.3, 2.5, 0, 1}) " + network
          + " interface " + name + "Declared {}\n"
          + (options.isEmpty() ? "" : "@LossOptions(" + options + ") ") + network
          + " interface " + name + "Plain {}\n";
    }

    boolean takesProbabilities() {
      return loss.equals("CROSS_ENTROPY") && !options.contains("ignoreIndex");
    }
  }

  private static final List<Case> CASES = cases();
  private ClassLoader classes;

  private static List<Case> cases() {
    return List.of(
        new Case("Plain", "CROSS_ENTROPY", "", DType.FLOAT32),
        new Case("Summed", "CROSS_ENTROPY", "reduction = Reduction.SUM", DType.FLOAT64),
        new Case("Unreduced", "CROSS_ENTROPY", "reduction = Reduction.NONE", DType.FLOAT32),
        new Case("Ignoring", "CROSS_ENTROPY", "ignoreIndex = 3", DType.FLOAT64),
        new Case("Smoothed", "CROSS_ENTROPY", "labelSmoothing = 0.2", DType.FLOAT64),
        new Case("Nll", "NLL", "", DType.FLOAT64),
        new Case("NllIgnoring", "NLL", "ignoreIndex = 3", DType.FLOAT32));
  }

  @BeforeAll
  void compile() {
    StringBuilder source =
        new StringBuilder("package test;\nimport dev.gradpoet.*;\npublic interface All {\n");
    CASES.forEach(each -> source.append(each.declared()));
    source.append("@Network(layers = {5, 1}, loss = Loss.BCE_WITH_LOGITS) interface Logit {}\n");
    source.append("@Network(layers = {5, 4}) interface Lossless {}\n}\n");
    classes = SourceCompiler.load(SourceCompiler.withoutWarnings(javac()
        .withOptions("-Xlint:all,-processing", "--add-modules", "jdk.incubator.vector")
        .withProcessors(new NetworkProcessor())
        .compile(JavaFileObjects.forSourceString("test.All", source.toString()))));
  }

  private Model model(String name) throws ReflectiveOperationException {
    return (Model) classes
        .loadClass("test.All_" + name + "Network")
        .getDeclaredConstructor(long.class)
        .newInstance(1L);
  }

  private static Tensor inputs(DType dtype) {
    return new Generator().manualSeed(2).randn(DType.FLOAT64, ROWS, 5).to(dtype);
  }

  private static Tensor labels() {
    return new Generator().manualSeed(3).randint(0, 4, ROWS);
  }

  @Test
  void weightsSetAtRunTimeHaveTheBitsOfDeclaredOnes() throws ReflectiveOperationException {
    for (Case each : CASES) {
      List<Tensor> targets = new ArrayList<>(List.of(labels()));
      if (each.takesProbabilities()) {
        targets.add(Functional.softmax(
            new Generator().manualSeed(4).randn(DType.FLOAT64, ROWS, 4).to(each.dtype()), 1));
      }
      for (Tensor y : targets) {
        Model declared = model(each.name() + "Declared");
        Model plain = model(each.name() + "Plain");
        Trainer expected = declared.trainer(Sgd.of(0.1).momentum(0.9), ROWS);
        Trainer trainer = plain.trainer(Sgd.of(0.1).momentum(0.9), ROWS);
        trainer.classWeights(WEIGHTS);
        Tensor x = inputs(each.dtype());

        assertThat(trainer.evaluate(x, y)).as("%s", each).isEqualTo(expected.evaluate(x, y));
        for (int step = 0; step < 3; step++) {
          assertThat(trainer.step(x, y)).as("%s", each).isEqualTo(expected.step(x, y));
        }
        assertThat(plain.parameters()).as("%s", each).isEqualTo(declared.parameters());
      }
    }
  }

  @Test
  void meansOfPartsTimesTheirDivisorsAddUpToThatOfAll() throws ReflectiveOperationException {
    long[] labels = labels().toLongArray();
    Tensor first = Tensor.of(Arrays.copyOf(labels, 4), 4);
    Tensor second = Tensor.of(Arrays.copyOfRange(labels, 4, ROWS), ROWS - 4);
    for (Case each : CASES) {
      boolean mean = !each.options().contains("reduction");
      double expected = Arrays.stream(labels)
          .mapToDouble(label -> each.options().contains("ignore") && label == IGNORED
              ? 0
              : each.dtype() == DType.FLOAT32 ? (float) WEIGHTS[(int) label] : WEIGHTS[(int) label])
          .sum();
      double rows = Arrays.stream(labels)
          .filter(label -> !(each.options().contains("ignore") && label == IGNORED))
          .count();
      Trainer trainer = model(each.name() + "Declared").trainer(Sgd.of(0.1), ROWS);
      assertThat(trainer.lossDivisor(labels()))
          .as("%s", each)
          .isCloseTo(mean ? expected : 1, Percentage.withPercentage(1e-12));
      if (mean) {
        assertThat(trainer.lossDivisor(first) + trainer.lossDivisor(second))
            .isCloseTo(expected, Percentage.withPercentage(1e-12));
      }
      Trainer plain = model(each.name() + "Plain").trainer(Sgd.of(0.1), ROWS);
      assertThat(plain.lossDivisor(labels())).as("%s", each).isEqualTo(mean ? rows : 1);
      plain.classWeights(WEIGHTS);
      assertThat(plain.lossDivisor(labels())).isEqualTo(trainer.lossDivisor(labels()));
      if (each.takesProbabilities()) {
        assertThat(trainer.lossDivisor(Tensor.zeros(each.dtype(), 3, 4))).isEqualTo(mean ? 3 : 1);
      }
    }
    Trainer logit = model("Logit").trainer(Sgd.of(0.1), ROWS);
    assertThat(logit.lossDivisor(Tensor.zeros(DType.FLOAT32, 3, 1))).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> logit.lossDivisor(Tensor.zeros(DType.FLOAT32, 3, 2)))
        .withMessageContaining("expected FLOAT32 of shape [n, 1]");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> model("Lossless").trainer(Sgd.of(0.1), 1).lossDivisor(first));
  }

  @Test
  void theLossIsPyTorchsWithTheseWeights() throws ReflectiveOperationException {
    Tensor x = inputs(DType.FLOAT64);
    Tensor weights = Tensor.of(WEIGHTS);
    for (Case each : CASES) {
      if (each.dtype() != DType.FLOAT64 || !each.loss().equals("CROSS_ENTROPY")) {
        continue;
      }
      Model plain = model(each.name() + "Plain");
      Trainer trainer = plain.trainer(Sgd.of(0.1), ROWS);
      trainer.classWeights(4, 4, 4, 4);
      trainer.classWeights(WEIGHTS);
      Reduction reduction = each.options().startsWith("reduction") ? Reduction.SUM : Reduction.MEAN;
      double expected = Functional.crossEntropy(
              plain.forward(x),
              labels(),
              reduction,
              weights,
              each.options().startsWith("ignore") ? IGNORED : -100,
              each.options().startsWith("label") ? 0.2 : 0)
          .get();

      assertThat(trainer.evaluate(x, labels()))
          .as("%s", each)
          .isCloseTo(expected, Percentage.withPercentage(1e-10));
    }
  }

  @Test
  void weightsThatDoNotFitChangeNothing() throws ReflectiveOperationException {
    Model plain = model("PlainPlain");
    Trainer trainer = plain.trainer(Sgd.of(0.1), ROWS);
    trainer.classWeights(WEIGHTS);
    double before = trainer.evaluate(inputs(DType.FLOAT32), labels());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.classWeights(1, 2, 3))
        .withMessage("3 class weights, expected 4, one for each output");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.classWeights(1, 2, -0.5, 1))
        .withMessage("the weight of class 2 is -0.5, expected a finite number of at least 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.classWeights(1, Double.NaN, 1, 1))
        .withMessage("the weight of class 1 is NaN, expected a finite number of at least 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.classWeights(1e39, 1, 1, 1))
        .withMessage(
            "the weight of class 0 is 1.0E39, expected a finite number of at least 0 within the range of FLOAT32");
    assertThat(trainer.evaluate(inputs(DType.FLOAT32), labels())).isEqualTo(before);
  }

  @Test
  void aLossWithoutClassesHasNoClassWeights() throws ReflectiveOperationException {
    Trainer logit = model("Logit").trainer(Sgd.of(0.1), ROWS);
    Trainer lossless = model("Lossless").trainer(Sgd.of(0.1), ROWS);

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> logit.classWeights(1, 2))
        .withMessage("the loss BCE_WITH_LOGITS has no class weights: call posWeight(2.0), "
            + "the weight of class 1 divided by that of class 0");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> lossless.classWeights(1, 2, 3, 4))
        .withMessageContaining("loss");
  }
}
