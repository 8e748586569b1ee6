package dev.gradpoet.processor.source;

import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The text of declarations, ordinary and extreme. */
final class Declarations {

  private static final String HEADER =
      "import dev.gradpoet.*;\nimport dev.gradpoet.runtime.Layer;\n\n";

  static final String DIGITS = declaration("Digits", """
      @Network(input = 64, loss = Loss.CROSS_ENTROPY)
      public interface Digits {
        @Linear(out = 32, activation = Activation.RELU) Layer hidden();
        @Linear(out = 10)                               Layer logits();
      }
      """);

  private Declarations() {}

  /** A file in package {@code test}. */
  static String declaration(String name, String text) {
    return "package test;\n\n" + HEADER + text;
  }

  /** The shorthand. */
  static String stack(String name, String layers, String members) {
    return declaration(
        name,
        "@Network(layers = {" + layers + "}" + members + ")\npublic interface " + name + " {}\n");
  }

  /** As many equal layers as are allowed. */
  static String deep(int layers) {
    return stack(
        "Deep",
        Collections.nCopies(layers + 1, "3").stream().collect(Collectors.joining(", ")),
        ", activation = Activation.TANH, outputActivation = Activation.SOFTMAX, loss = Loss.MSE");
  }

  /** Every third layer joins the two before it, every other third adds them to an earlier one. */
  static String branching(int layers) {
    String[] activations = {"IDENTITY", "RELU", "SIGMOID", "TANH", "SOFTMAX"};
    return declaration(
        "Branching",
        IntStream.range(0, layers)
            .mapToObj(i -> {
              String activation = "activation = Activation." + activations[i % 5];
              String method = " Layer l" + i + "();\n";
              return switch (i % 3) {
                case 1 -> "  @Linear(out = 9, bias = false, " + activation + ")" + method;
                case 2 ->
                  "  @Add(from = {\"l" + (i - 1) + "\", \"l" + (i - 2) + "\", \"l" + (i - 1)
                      + "\"}, " + activation + ")" + method;
                default ->
                  i == 0
                      ? "  @Linear(out = 9, " + activation + ")" + method
                      : i == layers - 1 || i % 2 == 0
                          ? "  @Linear(out = 9, from = \"l" + (i - 1) + "\", " + activation + ")"
                              + method
                          : "  @Concat(from = {\"l" + (i - 1) + "\", \"l" + (i - 2) + "\"}, "
                              + activation + ")"
                              + method.replace("Layer l" + i, "Layer l" + i + "c")
                              + "  @Linear(out = 9)" + method;
              };
            })
            .collect(Collectors.joining(
                "",
                "@Network(input = 7, loss = Loss.MSE, dtype = DType.FLOAT64)\npublic interface Branching {\n",
                "}\n")));
  }
}
