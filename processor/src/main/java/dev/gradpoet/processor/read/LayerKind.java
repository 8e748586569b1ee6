package dev.gradpoet.processor.read;

import java.util.List;
import java.util.stream.Stream;

/** The kinds of layers. This table determines which members of a layer's annotation are read. */
public enum LayerKind {
  LINEAR("Linear", false, List.of("out"), List.of(), List.of("bias"), "out"),
  ADD("Add", true, List.of(), List.of(), List.of(), "from"),
  MUL("Mul", true, List.of(), List.of(), List.of(), "from"),
  CONCAT("Concat", true, List.of(), List.of(), List.of(), "from"),
  LAYER_NORM("LayerNorm", false, List.of("dims"), List.of("eps"), List.of("affine")),
  BATCH_NORM("BatchNorm", false, List.of(), List.of("eps", "momentum"), List.of("affine")),
  NORMALIZATION("Normalization", List.of("mean", "std")),
  DROPOUT("Dropout", false, List.of(), List.of("p"), List.of()),
  FLATTEN("Flatten", false, List.of(), List.of(), List.of()),
  PRELU("PRelu", false, List.of(), List.of(), List.of("perChannel")),
  ACTIVATE("Activate", false, List.of(), List.of(), List.of(), "value"),
  CONV1D("Conv1d", List.of("kernel", "stride", "padding", "dilation"), "bias", "out", "kernel"),
  CONV2D("Conv2d", List.of("kernel", "stride", "padding", "dilation"), "bias", "out", "kernel"),
  MAX_POOL1D("MaxPool1d", List.of("kernel", "stride", "padding"), null, "kernel"),
  MAX_POOL2D("MaxPool2d", List.of("kernel", "stride", "padding"), null, "kernel"),
  AVG_POOL1D("AvgPool1d", List.of("kernel", "stride", "padding"), "countIncludePad", "kernel"),
  AVG_POOL2D("AvgPool2d", List.of("kernel", "stride", "padding"), "countIncludePad", "kernel"),
  GLOBAL_AVG_POOL("GlobalAvgPool", false, List.of(), List.of(), List.of()),
  EMBEDDING("Embedding", false, List.of("dim"), List.of(), List.of(), "dim");

  private final String annotation;
  private final boolean merges;
  private final List<String> integers;
  private final List<String> reals;
  private final List<String> flags;
  private final List<String> sizes;
  private final List<String> vectors;
  private final List<String> required;

  LayerKind(
      String annotation,
      boolean merges,
      List<String> integers,
      List<String> reals,
      List<String> flags,
      String... required) {
    this(annotation, merges, integers, reals, flags, List.of(), List.of(), List.of(required));
  }

  /** A kind with constants. */
  LayerKind(String annotation, List<String> vectors) {
    this(annotation, false, List.of(), List.of(), List.of(), List.of(), vectors, List.of());
  }

  /** A kind with a window. */
  LayerKind(String annotation, List<String> sizes, String flag, String... required) {
    this(
        annotation,
        false,
        List.of(required).contains("out") ? List.of("out", "groups") : List.of(),
        List.of(),
        Stream.ofNullable(flag).toList(),
        sizes,
        List.of(),
        List.of(required));
  }

  LayerKind(
      String annotation,
      boolean merges,
      List<String> integers,
      List<String> reals,
      List<String> flags,
      List<String> sizes,
      List<String> vectors,
      List<String> required) {
    this.annotation = annotation;
    this.merges = merges;
    this.integers = integers;
    this.reals = reals;
    this.flags = flags;
    this.sizes = sizes;
    this.vectors = vectors;
    this.required = required;
  }

  /** The simple name of the annotation. */
  public String annotation() {
    return annotation;
  }

  /** Whether it reads several layers; otherwise it reads one. */
  public boolean merges() {
    return merges;
  }

  /** The member of the annotation that is its activation. */
  String activation() {
    return this == ACTIVATE ? "value" : "activation";
  }

  /** The members of the annotation that are an {@code int}. */
  List<String> integers() {
    return integers;
  }

  /** The members of the annotation that are a {@code double}. */
  List<String> reals() {
    return reals;
  }

  /** The members of the annotation that are a {@code boolean}. */
  List<String> flags() {
    return flags;
  }

  /** The members of the annotation that are an {@code int[]}. */
  List<String> sizes() {
    return sizes;
  }

  /** The members of the annotation that are a {@code double[]}. */
  List<String> vectors() {
    return vectors;
  }

  /** The members of the annotation that have no default. */
  List<String> required() {
    return required;
  }
}
