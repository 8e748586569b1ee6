package dev.gradpoet.processor.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The class of a network of one output is 1 where what goes into the last activation is above 0, where there are classes at all. */
class OneOutputTest {

  private record Case(String activation, String options, String loss, String classes) {}

  private static final double[] INPUTS = {-3, -0.01, 0.01, 3};

  @Test
  void theClassOfSomeActivations() {
    requireClasses(Sample.oneIn(5, cases()));
  }

  @Test
  @Tag("exhaustive")
  void theClassOfEveryActivation() {
    requireClasses(cases());
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Activation each : Activation.values()) {
      boolean softmax = each == Activation.SOFTMAX || each == Activation.LOG_SOFTMAX;
      cases.add(new Case(each.name(), "", "NONE", softmax ? "0000" : "0011"));
    }
    cases.addAll(List.of(
        new Case("SOFTPLUS", "beta = 2", "NONE", "0011"),
        new Case("HARD_TANH", "minVal = 0", "NONE", "0011"),
        new Case("IDENTITY", "", "BCE_WITH_LOGITS", "0011"),
        new Case("SIGMOID", "", "BCE", "0011"),
        // the output is the probability itself: only 3 is above a half
        new Case("IDENTITY", "", "BCE", "0001"),
        new Case("IDENTITY", "", "CROSS_ENTROPY", "0000"),
        new Case("LOG_SIGMOID", "", "NLL", "0000"),
        new Case("SIGMOID", "", "MSE", "0011"),
        new Case("TANH", "", "L1", "0011"),
        new Case("IDENTITY", "", "MSE", null),
        new Case("RELU", "", "L1", null),
        new Case("SOFTPLUS", "", "HUBER", null),
        new Case("IDENTITY", "", "SMOOTH_L1", null)));
    return cases;
  }

  private static void requireClasses(List<Case> cases) {
    ClassLoader loader = compile(cases);

    for (int i = 0; i < cases.size(); i++) {
      Case each = cases.get(i);
      Model model = load(loader, "C" + i);
      model.layer(0).weight().set(1, 0, 0);
      model.layer(0).bias().set(0, 0);
      Predictor predictor = model.predictor();
      boolean onArrays = Arrays.stream(model.getClass().getMethods())
          .anyMatch(method -> method.getName().equals("predictClasses")
              && method.getParameterTypes()[0] == float[].class);
      assertThat(onArrays).as("%s", each).isEqualTo(each.classes() != null);
      if (each.classes() == null) {
        assertThatThrownBy(() -> predictor.predictClass(Tensor.of(1f)))
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessage(
                "the network has one output and Loss." + each.loss()
                    + ", so it predicts a number, not a class: call forward(x), or declare Loss.BCE_WITH_LOGITS for two classes");
        continue;
      }
      StringBuilder classes = new StringBuilder();
      for (double x : INPUTS) {
        classes.append(predictor.predictClass(Tensor.of((float) x)));
      }
      assertThat(classes).as("%s", each).hasToString(each.classes());
    }
  }

  private static ClassLoader compile(List<Case> cases) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < cases.size(); i++) {
      Case each = cases.get(i);
      String options = each.options().isEmpty() ? "" : "@ActivationOptions(" + each.options() + ")";
      sources.put("one.C" + i, """
          package one;
          import dev.gradpoet.*;
          import dev.gradpoet.runtime.Layer;
          @SuppressWarnings("gradpoet")
          @Network(input = 1, loss = Loss.%s)
          public interface C%d { %s @Linear(out = 1, activation = Activation.%s) Layer a(); }
          """.formatted(each.loss(), i, options, each.activation()));
    }
    return SourceCompiler.process(sources);
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
