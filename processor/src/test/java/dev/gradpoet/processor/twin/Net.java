package dev.gradpoet.processor.twin;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A network as a test describes it: the text of its declaration, and what the interpreter walks over. */
final class Net {

  enum Kind {
    LINEAR("Linear"),
    ADD("Add"),
    MUL("Mul"),
    CONCAT("Concat"),
    LAYER_NORM("LayerNorm"),
    BATCH_NORM("BatchNorm"),
    NORMALIZATION("Normalization"),
    DROPOUT("Dropout"),
    PRELU("PRelu"),
    FLATTEN("Flatten"),
    ACTIVATE("Activate"),
    EMBEDDING("Embedding");

    private final String annotation;

    Kind(String annotation) {
      this.annotation = annotation;
    }
  }

  /**
   * An input.
   *
   * @param width the number of its values
   * @param channels as many as values of a vector
   * @param classes of an input of class indices; 0 of one of numbers
   */
  record Input(String name, int width, int channels, int classes) {

    boolean isDense() {
      return classes == 0;
    }

    private String sizes() {
      return channels == width
          ? String.valueOf(width)
          : "{" + channels + ", " + width / channels + "}";
    }

    private String declaration() {
      return "  @Input(value = " + sizes() + (isDense() ? "" : ", classes = " + classes)
          + ") Layer " + name + "();\n";
    }
  }

  /**
   * An activation with the numbers of its options.
   *
   * @param function which
   * @param a negativeSlope, alpha, minVal or beta
   * @param b maxVal or threshold
   */
  record Applied(Activation function, double a, double b) {

    /** With PyTorch's defaults. */
    static Applied of(Activation function) {
      return switch (function) {
        case LEAKY_RELU -> new Applied(function, 0.01, 0);
        case HARD_TANH -> new Applied(function, -1, 1);
        case SOFTPLUS -> new Applied(function, 1, 20);
        default -> new Applied(function, 1, 0);
      };
    }

    private String options() {
      if (equals(of(function))) {
        return "";
      }
      return "@ActivationOptions("
          + switch (function) {
            case LEAKY_RELU -> "negativeSlope = " + a;
            case ELU, CELU -> "alpha = " + a;
            case HARD_TANH -> "minVal = " + a + ", maxVal = " + b;
            case SOFTPLUS -> "beta = " + a + ", threshold = " + b;
            default -> throw new IllegalStateException("no options of " + function);
          }
          + ") ";
    }
  }

  /** Of all norms: large, because a norm of values that are nearly equal multiplies their rounding by {@code 1 / sqrt(EPS)}. */
  static final double EPS = 1;

  /**
   * One layer; of a norm, the bias says whether it is affine, of a PReLU whether it has a slope for each channel; p is that of a dropout, or dim of an
   * embedding.
   *
   * @param width the values of its output
   * @param channels the channels of its output, as many as values of a vector
   */
  record Node(
      Kind kind,
      String name,
      List<String> from,
      int width,
      int channels,
      boolean bias,
      double p,
      Applied activation) {

    private String declaration() {
      String sources =
          from.stream().map(s -> '"' + s + '"').collect(Collectors.joining(", ", "{", "}"));
      return "  " + activation.options() + "@" + kind.annotation + "("
          + switch (kind) {
            case LINEAR ->
              "out = " + width + ", bias = " + bias + ", from = \"" + from.get(0) + "\"";
            case LAYER_NORM, BATCH_NORM ->
              "eps = " + EPS + ", affine = " + bias + ", from = \"" + from.get(0) + "\"";
            case ADD, MUL, CONCAT -> "from = " + sources;
            case DROPOUT -> "p = " + p + ", from = \"" + from.get(0) + "\"";
            case PRELU -> "perChannel = " + bias + ", from = \"" + from.get(0) + "\"";
            case EMBEDDING -> "dim = " + (int) p + ", from = \"" + from.get(0) + "\"";
            case ACTIVATE, FLATTEN, NORMALIZATION -> "from = \"" + from.get(0) + "\"";
          }
          + (kind == Kind.ACTIVATE ? ", value = Activation." : ", activation = Activation.")
          + activation.function() + ") Layer " + name + "();\n";
    }
  }

  final String name;
  final List<Input> inputs = new ArrayList<>();
  final List<Node> nodes = new ArrayList<>();
  private DType dtype = DType.FLOAT32;
  private LossFormula lossFormula = LossFormula.of(Loss.NONE, Reduction.MEAN);

  private Net(String name) {
    this.name = name;
  }

  static Net of(String name, int inputs) {
    return several(name).dense("input", inputs);
  }

  /** A network that reads signals. */
  static Net ofSignals(String name, int channels, int length) {
    return several(name).signals("input", channels, length);
  }

  /** A network whose inputs follow. */
  static Net several(String name) {
    return new Net(name);
  }

  Net dense(String input, int width) {
    return input(new Input(input, width, width, 0));
  }

  /** An input of signals. */
  Net signals(String input, int channels, int length) {
    return input(new Input(input, channels * length, channels, 0));
  }

  Net indices(String input, int count, int classes) {
    return input(new Input(input, count, count, classes));
  }

  private Net input(Input input) {
    inputs.add(input);
    return this;
  }

  /** The width of the only input. */
  int width() {
    return inputs.get(0).width();
  }

  /** The inputs of numbers. */
  List<Input> dense() {
    return inputs.stream().filter(Input::isDense).toList();
  }

  Net embedding(int dim, Activation activation, String from) {
    int width = widthOf(from) * dim;
    return node(Kind.EMBEDDING, List.of(from), width, false, dim, Applied.of(activation));
  }

  Net flatten(String from) {
    return flatten(Activation.IDENTITY, from);
  }

  Net flatten(Activation activation, String from) {
    return node(Kind.FLATTEN, List.of(from), widthOf(from), false, activation);
  }

  Net linear(int width, Activation activation) {
    return node(Kind.LINEAR, List.of(last()), width, true, activation);
  }

  Net linearFrom(String from, int width, boolean bias, Activation activation) {
    return node(Kind.LINEAR, List.of(from), width, bias, activation);
  }

  Net add(Activation activation, String... from) {
    return node(Kind.ADD, List.of(from), widthOf(from[0]), false, activation);
  }

  Net mul(Activation activation, String... from) {
    return node(Kind.MUL, List.of(from), widthOf(from[0]), false, activation);
  }

  Net concat(Activation activation, String... from) {
    int width = 0;
    for (String each : from) {
      width += widthOf(each);
    }
    return node(Kind.CONCAT, List.of(from), width, false, activation);
  }

  Net layerNorm(boolean affine, Activation activation) {
    return node(Kind.LAYER_NORM, List.of(last()), widthOf(last()), affine, activation);
  }

  Net batchNorm(boolean affine, Activation activation, String from) {
    return node(Kind.BATCH_NORM, List.of(from), widthOf(from), affine, activation);
  }

  Net normalization(Activation activation) {
    return normalization(activation, "input");
  }

  Net normalization(Activation activation, String from) {
    return node(Kind.NORMALIZATION, List.of(from), widthOf(from), false, activation);
  }

  /** Whether a forward pass in training is another than in inference. */
  boolean hasTwoPasses() {
    return has(Kind.DROPOUT) || has(Kind.BATCH_NORM);
  }

  boolean has(Kind kind) {
    return nodes.stream().anyMatch(node -> node.kind() == kind);
  }

  Net dropout(double p, Activation activation, String from) {
    return node(Kind.DROPOUT, List.of(from), widthOf(from), false, p, Applied.of(activation));
  }

  Net prelu(boolean perChannel, Activation activation, String from) {
    return node(Kind.PRELU, List.of(from), widthOf(from), perChannel, activation);
  }

  Net activate(Activation activation, String from) {
    return node(Kind.ACTIVATE, List.of(from), widthOf(from), false, activation);
  }

  private Net node(Kind kind, List<String> from, int width, boolean bias, Activation activation) {
    return node(kind, from, width, bias, Applied.of(activation));
  }

  Net node(Kind kind, List<String> from, int width, boolean bias, Applied activation) {
    return node(kind, from, width, bias, 0, activation);
  }

  private Net node(
      Kind kind, List<String> from, int width, boolean bias, double p, Applied activation) {
    int channels = switch (kind) {
      case LINEAR, FLATTEN -> width;
      case EMBEDDING -> widthOf(from.get(0));
      case CONCAT -> from.stream().mapToInt(this::channelsOf).sum();
      case ADD, MUL, LAYER_NORM, BATCH_NORM, NORMALIZATION, DROPOUT, PRELU, ACTIVATE ->
        channelsOf(from.get(0));
    };
    nodes.add(new Node(kind, "l" + nodes.size(), from, width, channels, bias, p, activation));
    return this;
  }

  Net loss(Loss loss, Reduction reduction) {
    return loss(LossFormula.of(loss, reduction));
  }

  Net loss(LossFormula formula) {
    lossFormula = formula;
    return this;
  }

  Net dtype(DType dtype) {
    this.dtype = dtype;
    return this;
  }

  DType dtype() {
    return dtype;
  }

  Loss loss() {
    return lossFormula.loss();
  }

  LossFormula lossFormula() {
    return lossFormula;
  }

  int outputs() {
    return nodes.get(nodes.size() - 1).width();
  }

  private String last() {
    return nodes.isEmpty()
        ? inputs.get(inputs.size() - 1).name()
        : nodes.get(nodes.size() - 1).name();
  }

  int widthOf(String source) {
    return input(source).map(Input::width).orElseGet(() -> node(source).width());
  }

  private int channelsOf(String source) {
    return input(source).map(Input::channels).orElseGet(() -> node(source).channels());
  }

  private Optional<Input> input(String name) {
    return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
  }

  private Node node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  /** The qualified name of the declaration; the generated class has {@code Network} behind it. */
  String qualifiedName() {
    return "twin." + name;
  }

  String source() {
    boolean unnamed = inputs.size() == 1
        && inputs.get(0).name().equals("input")
        && inputs.get(0).isDense();
    return "package twin;\nimport dev.gradpoet.*;\nimport dev.gradpoet.runtime.Layer;\n"
        + "@SuppressWarnings(\"gradpoet\")\n@Network("
        + (unnamed ? "input = " + inputs.get(0).sizes() + ", " : "")
        + "loss = Loss." + loss()
        + ", dtype = DType." + dtype + ")\n"
        + lossFormula.options()
        + "public interface " + name + " {\n"
        + (unnamed ? "" : inputs.stream().map(Input::declaration).collect(Collectors.joining()))
        + nodes.stream().map(Node::declaration).collect(Collectors.joining())
        + "}\n";
  }

  @Override
  public String toString() {
    return name + ": " + source().lines().skip(4).collect(Collectors.joining(" "));
  }
}
