package dev.gradpoet.onnx.net;

import dev.gradpoet.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a layer is: its annotation, with the members that a person would write. */
public sealed interface LayerKind {

  /** The simple name of the annotation. */
  String annotation();

  /** The members that differ from their defaults, as Java: {@code out = 32}. */
  List<String> members();

  /** A name for a layer without one. */
  String noun();

  /**
   * An input, which is no layer.
   *
   * @param classes the number of classes whose indices it holds, 0 if it holds numbers
   */
  record Input(int classes) implements LayerKind {
    @Override
    public String annotation() {
      return "Input";
    }

    @Override
    public List<String> members() {
      return classes == 0 ? List.of() : List.of("classes = " + classes);
    }

    @Override
    public String noun() {
      return "input";
    }
  }

  /** A linear layer on the last dimension. */
  record Linear(int out, boolean bias) implements LayerKind {
    @Override
    public String annotation() {
      return "Linear";
    }

    @Override
    public List<String> members() {
      return bias ? List.of("out = " + out) : List.of("out = " + out, "bias = false");
    }

    @Override
    public String noun() {
      return "linear";
    }
  }

  /** A vector of values for each class index of an input. */
  record Embedding(int dim) implements LayerKind {
    @Override
    public String annotation() {
      return "Embedding";
    }

    @Override
    public List<String> members() {
      return List.of("dim = " + dim);
    }

    @Override
    public String noun() {
      return "embedded";
    }
  }

  /** A convolution over one or two dimensions. */
  record Conv(int out, Window window, int groups, boolean bias) implements LayerKind {
    @Override
    public String annotation() {
      return "Conv" + window.kernel().size() + "d";
    }

    @Override
    public List<String> members() {
      List<String> members = new ArrayList<>();
      members.add("out = " + out);
      members.add("kernel = " + sizes(window.kernel()));
      addUnless(members, "stride", window.stride(), 1);
      addUnless(members, "padding", window.shortPadding(), 0);
      addUnless(members, "dilation", window.dilation(), 1);
      if (groups != 1) {
        members.add("groups = " + groups);
      }
      if (!bias) {
        members.add("bias = false");
      }
      return members;
    }

    @Override
    public String noun() {
      return "conv";
    }
  }

  /** A pooling of windows. */
  record Pool(Pooling pooling, Window window) implements LayerKind {
    /** What a pooling makes of a window. */
    public enum Pooling {
      MAX,
      AVERAGE,
      AVERAGE_WITHOUT_PADDING
    }

    @Override
    public String annotation() {
      return (pooling == Pooling.MAX ? "MaxPool" : "AvgPool") + window.kernel().size() + "d";
    }

    @Override
    public List<String> members() {
      List<String> members = new ArrayList<>();
      members.add("kernel = " + sizes(window.kernel()));
      if (!window.stride().equals(window.kernel())) {
        members.add("stride = " + sizes(window.stride()));
      }
      addUnless(members, "padding", window.shortPadding(), 0);
      if (pooling == Pooling.AVERAGE_WITHOUT_PADDING && !window.isUnpadded()) {
        members.add("countIncludePad = false");
      }
      return members;
    }

    @Override
    public String noun() {
      return "pool";
    }
  }

  /** A layer without members. */
  record Plain(String annotation, String noun) implements LayerKind {
    /** The average of each channel. */
    public static final Plain GLOBAL_AVG_POOL = new Plain("GlobalAvgPool", "average");

    /** All values as a vector. */
    public static final Plain FLATTEN = new Plain("Flatten", "flat");

    @Override
    public List<String> members() {
      return List.of();
    }
  }

  /** A sum, product or concatenation of layers. */
  record Merge(String annotation, String noun) implements LayerKind {
    /** The sum. */
    public static final Merge ADD = new Merge("Add", "sum");

    /** The product. */
    public static final Merge MUL = new Merge("Mul", "product");

    /** The concatenation along the first dimension. */
    public static final Merge CONCAT = new Merge("Concat", "all");

    @Override
    public List<String> members() {
      return List.of();
    }
  }

  /** An activation as a layer of its own. */
  record Activate(Activation activation) implements LayerKind {
    @Override
    public String annotation() {
      return "Activate";
    }

    @Override
    public List<String> members() {
      return List.of("Activation." + activation);
    }

    @Override
    public String noun() {
      return "activation";
    }
  }

  /** Batch normalization; {@code momentum} as PyTorch's. */
  record BatchNorm(double eps, double momentum) implements LayerKind {
    @Override
    public String annotation() {
      return "BatchNorm";
    }

    @Override
    public List<String> members() {
      List<String> members = epsilon(eps);
      if (momentum != 0.1) {
        members.add("momentum = " + Literal.of(momentum));
      }
      return members;
    }

    @Override
    public String noun() {
      return "norm";
    }
  }

  /** Layer normalization over the last dimensions. */
  record LayerNorm(int dims, double eps, boolean affine) implements LayerKind {
    @Override
    public String annotation() {
      return "LayerNorm";
    }

    @Override
    public List<String> members() {
      List<String> members = epsilon(eps);
      if (dims != 1) {
        members.add(0, "dims = " + dims);
      }
      if (!affine) {
        members.add("affine = false");
      }
      return members;
    }

    @Override
    public String noun() {
      return "norm";
    }
  }

  /**
   * Normalization of the input by constants, one of each a value of a vector or a channel.
   *
   * @param mean what is subtracted
   * @param std what the difference is divided by
   */
  record Normalization(List<Double> mean, List<Double> std) implements LayerKind {

    /** The most constants that stand in the source; more are in the file of the parameters. */
    private static final int FEW = 16;

    /** Copies the lists. */
    public Normalization {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
    }

    @Override
    public String annotation() {
      return "Normalization";
    }

    @Override
    public List<String> members() {
      return mean.size() > FEW
          ? List.of()
          : List.of("mean = " + numbers(mean), "std = " + numbers(std));
    }

    private static String numbers(List<Double> values) {
      return values.stream().map(Literal::of).collect(Collectors.joining(", ", "{", "}"));
    }

    @Override
    public String noun() {
      return "normalized";
    }
  }

  /** Dropout. */
  record Dropout(double p) implements LayerKind {
    @Override
    public String annotation() {
      return "Dropout";
    }

    @Override
    public List<String> members() {
      return p == 0.5 ? List.of() : List.of("p = " + Literal.of(p));
    }

    @Override
    public String noun() {
      return "dropout";
    }
  }

  /** A rectifier with learned slopes. */
  record PRelu(boolean perChannel) implements LayerKind {
    @Override
    public String annotation() {
      return "PRelu";
    }

    @Override
    public List<String> members() {
      return perChannel ? List.of("perChannel = true") : List.of();
    }

    @Override
    public String noun() {
      return "prelu";
    }
  }

  private static List<String> epsilon(double eps) {
    return Stream.of(eps)
        .filter(value -> value != 1e-5)
        .map(value -> "eps = " + Literal.of(value))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static void addUnless(
      List<String> members, String name, List<Integer> values, int usual) {
    if (values.stream().anyMatch(value -> value != usual)) {
      members.add(name + " = " + sizes(values));
    }
  }

  /** One number if all are equal, else all in braces. */
  private static String sizes(List<Integer> values) {
    return values.stream().distinct().count() == 1
        ? String.valueOf(values.get(0))
        : values.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
  }
}
