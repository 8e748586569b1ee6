package dev.gradpoet.processor.validate;

import java.util.List;

/** One layer, with the names of what it reads ({@link ValidSpec#INPUT} or an earlier layer) and its widths. */
public sealed interface ValidLayer {

  /** The method's name, or the number in the shorthand form. */
  String name();

  /** The width of one output row. */
  int width();

  /** The activation applied last. */
  ValidActivation activation();

  /** Whether it has parameters that are trained. */
  default boolean isTrained() {
    return false;
  }

  /** The result for this kind of layer. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of layer: a new kind does not compile until every caller handles it. */
  interface Cases<T> {
    T linear(LinearLayer layer);

    T add(AddLayer layer);

    T concat(ConcatLayer layer);

    T layerNorm(LayerNormLayer layer);
  }

  /**
   * {@code y = activation(x W^T + b)}.
   *
   * @param from the name of what it reads
   * @param in the width of what it reads
   */
  record LinearLayer(
      String name, String from, int in, int width, boolean bias, ValidActivation activation)
      implements ValidLayer {
    @Override
    public boolean isTrained() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.linear(this);
    }
  }

  /** {@code y = activation(a + b + ...)}; names may repeat. */
  record AddLayer(String name, List<String> from, int width, ValidActivation activation)
      implements ValidLayer {
    public AddLayer {
      from = List.copyOf(from);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.add(this);
    }
  }

  /** {@code y = activation([a, b, ...])}; names may repeat. */
  record ConcatLayer(String name, List<String> from, int width, ValidActivation activation)
      implements ValidLayer {
    public ConcatLayer {
      from = List.copyOf(from);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.concat(this);
    }
  }

  /**
   * {@code y = activation((x - mean) / sqrt(variance + eps) weight + bias)}.
   *
   * @param from the name of what it reads
   * @param affine whether it has a weight and a bias
   */
  record LayerNormLayer(
      String name, String from, int width, double eps, boolean affine, ValidActivation activation)
      implements ValidLayer {
    @Override
    public boolean isTrained() {
      return affine;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.layerNorm(this);
    }
  }
}
