package dev.gradpoet.onnx.fold;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.net.NetLayer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a row of nodes computes value by value, until a layer that says the same is recognized. Constant factors stand first in a product, constant terms last in a
 * sum.
 */
sealed interface Expr {

  /** The most operations that are kept before they become layers. */
  int LARGEST = 64;

  /** The expressions in it. */
  List<Expr> parts();

  /** The number of operations in it. */
  default int size() {
    return 1 + parts().stream().mapToInt(Expr::size).sum();
  }

  /** The layers and inputs that it reads. */
  default Stream<NetLayer> layers() {
    return parts().stream().flatMap(Expr::layers);
  }

  /** The inputs that it reads in the order of the model. */
  default Stream<NetLayer> inputs() {
    return parts().stream().flatMap(Expr::inputs);
  }

  /** Whether a mean is in it, which has fewer values than what it is taken of. */
  default boolean hasMean() {
    return parts().stream().anyMatch(Expr::hasMean);
  }

  /** The output of a layer, or an input in the order of its declaration. */
  record Leaf(NetLayer layer) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of();
    }

    @Override
    public Stream<NetLayer> layers() {
      return Stream.of(layer);
    }
  }

  /** An input in the order of the model; its declaration may have another one, which the first layer that reads it decides. */
  record Source(NetLayer input) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of();
    }

    @Override
    public Stream<NetLayer> layers() {
      return Stream.of(input);
    }

    @Override
    public Stream<NetLayer> inputs() {
      return Stream.of(input);
    }
  }

  /** A number. */
  record Num(double value) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of();
    }
  }

  /** {@code a + b}. */
  record Sum(Expr a, Expr b) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(a, b);
    }
  }

  /** {@code a b}. */
  record Product(Expr a, Expr b) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(a, b);
    }
  }

  /** {@code a / b}. */
  record Quotient(Expr a, Expr b) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(a, b);
    }
  }

  /** {@code base^exponent}. */
  record Power(Expr base, double exponent) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(base);
    }
  }

  /** A function that is part of an activation, but none by itself. */
  record Function(Name name, Expr of) implements Expr {
    /** Which function. */
    enum Name {
      EXP,
      LOG,
      SQRT,
      ERF,
      ABS
    }

    @Override
    public List<Expr> parts() {
      return List.of(of);
    }
  }

  /** {@code min(max(of, low), high)}. */
  record Clamp(Expr of, double low, double high) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(of);
    }
  }

  /**
   * {@code scale of + shift}, with constants of their own for each value of a row of the input.
   *
   * @param values the constants in the order of the model's input
   */
  record Affine(Expr of, PerValue values) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(of);
    }
  }

  /** Constants that are compared by identity: there are many. */
  final class PerValue {
    private final double[] scale;
    private final double[] shift;

    PerValue(double[] scale, double[] shift) {
      this.scale = scale;
      this.shift = shift;
    }

    double scale(int index) {
      return scale[index];
    }

    double shift(int index) {
      return shift[index];
    }
  }

  /** An activation. */
  record Act(Activation activation, Map<String, Double> options, Expr of) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(of);
    }
  }

  /**
   * A mean over some dimensions.
   *
   * @param dims the sizes of {@code of} in the model
   * @param axes which of them, from 0
   * @param order as in {@link Value.Running}; empty for none
   */
  record Mean(Expr of, List<Integer> dims, List<Integer> axes, List<Integer> order)
      implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(of);
    }

    @Override
    public boolean hasMean() {
      return true;
    }
  }

  /** {@code factor e}. */
  static Expr scaled(double factor, Expr e) {
    if (e instanceof Num num) {
      return new Num(factor * num.value());
    }
    if (e instanceof Product product && product.a() instanceof Num num) {
      return scaled(factor * num.value(), product.b());
    }
    return factor == 1 ? e : new Product(new Num(factor), e);
  }

  /** {@code e + term}. */
  static Expr plus(Expr e, double term) {
    if (e instanceof Num num) {
      return new Num(term + num.value());
    }
    if (e instanceof Sum sum && sum.b() instanceof Num num) {
      return plus(sum.a(), term + num.value());
    }
    return term == 0 ? e : new Sum(e, new Num(term));
  }
}
