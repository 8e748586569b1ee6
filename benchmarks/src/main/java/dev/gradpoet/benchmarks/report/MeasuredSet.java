package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The set of measurements of a run, and how long each takes. */
public enum MeasuredSet {
  /** Three networks, one fork: takes a few minutes and shows large changes. */
  QUICK(1, 4, 2, 500),
  /** The convolutional networks, five forks. */
  IMAGES(5, 6, 4, 500),
  /** The networks with weights that others trained, three forks. */
  MODELS(3, 6, 4, 500),
  /** Training steps on one and on two threads, three forks. */
  THREADS(3, 6, 4, 500),
  /** Everything, three forks: for the published figures. */
  FULL(3, 6, 4, 500);

  /** The networks of which one fork takes as long as many of others, and which are not measured with plain kernels. */
  static final Set<Shape> LARGE = EnumSet.of(Shape.N4096_4096_4096_10);

  private final int forks;
  private final int warmups;
  private final int iterations;
  private final int milliseconds;

  MeasuredSet(int forks, int warmups, int iterations, int milliseconds) {
    this.forks = forks;
    this.warmups = warmups;
    this.iterations = iterations;
    this.milliseconds = milliseconds;
  }

  /** The set of a name, upper or lower case. */
  static MeasuredSet of(String name) {
    for (MeasuredSet set : values()) {
      if (set.name().equalsIgnoreCase(name)) {
        return set;
      }
    }
    throw new IllegalArgumentException("the set is \"" + name
        + "\", expected one of quick, images, models, threads, full: -Dset=full");
  }

  /** The number of JVMs for each figure. */
  public int forks() {
    return forks;
  }

  /** The warm-up iterations of a fork: C2 takes up to two seconds for the tiles of a wide network. */
  public int warmups() {
    return warmups;
  }

  /** The measured iterations of a fork. */
  public int iterations() {
    return iterations;
  }

  /** The length of an iteration. */
  public int milliseconds() {
    return milliseconds;
  }

  /** The networks of a kind of work that are also measured for the rivals. */
  public Set<Shape> shapes(Kind kind) {
    return switch (this) {
      case QUICK -> EnumSet.of(Shape.N4_16_3, Shape.N64_32_10, Shape.N784_128_10);
      case IMAGES -> images(kind);
      case MODELS -> models(kind);
      case THREADS ->
        kind == Kind.STEP
            ? EnumSet.of(Shape.N784_512_512_10, Shape.N10_45_45_10, Shape.LENET_5)
            : EnumSet.noneOf(Shape.class);
      case FULL -> {
        Set<Shape> shapes = stacks(kind);
        shapes.addAll(images(kind));
        shapes.addAll(models(kind));
        yield shapes;
      }
    };
  }

  /** The networks of all kinds of work. */
  public Set<Shape> shapes() {
    Set<Shape> shapes = EnumSet.noneOf(Shape.class);
    for (Kind kind : Kind.values()) {
      shapes.addAll(shapes(kind));
    }
    return shapes;
  }

  private static Set<Shape> stacks(Kind kind) {
    Set<Shape> shapes = EnumSet.of(
        Shape.N4_16_3,
        Shape.N11_64_32_16_1,
        Shape.N64_32_10,
        Shape.N784_128_10,
        Shape.N784_512_512_10,
        Shape.N1024_1024_1024_10);
    if (kind == Kind.STEP) {
      shapes.addAll(LARGE);
    }
    if (kind == Kind.ONE_ROW) {
      shapes.addAll(EnumSet.of(Shape.N8_8_2, Shape.N16_16_4, Shape.N32_32_8, Shape.N64_64_16));
    }
    return shapes;
  }

  private static Set<Shape> images(Kind kind) {
    return kind == Kind.ONE_ROW
        ? EnumSet.of(Shape.LENET_5, Shape.MNIST_8_16_10, Shape.DS_CNN)
        : EnumSet.of(Shape.LENET_5);
  }

  /** The networks with weights that others trained. */
  static Set<Shape> models(Kind kind) {
    return kind == Kind.STEP
        ? EnumSet.noneOf(Shape.class)
        : Arrays.stream(Shape.values())
            .filter(shape -> shape.model().isPresent())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Shape.class)));
  }

  /** The networks whose hidden width increases by one, for training steps only and without rivals. */
  public Set<Shape> sweep() {
    return this == FULL
        ? Arrays.stream(Shape.values())
            .filter(shape -> shape.widths().size() == 4 && shape.widths().get(0) == 10)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Shape.class)))
        : EnumSet.noneOf(Shape.class);
  }
}
