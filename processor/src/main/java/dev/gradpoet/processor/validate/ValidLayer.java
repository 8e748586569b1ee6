package dev.gradpoet.processor.validate;

import java.util.List;

/** A layer with its widths and the names of its sources ({@link ValidSpec#INPUT} or earlier layers). */
public sealed interface ValidLayer {

  /** The method's name, or the number in the shorthand form. */
  String name();

  /** The width of one output row. */
  int width();

  /** The activation applied to its result. */
  ValidActivation activation();

  /** Whether it has trainable parameters. */
  default boolean isTrained() {
    return false;
  }

  /** Calls the case of this kind of layer. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of layer: a new kind does not compile until every caller handles it. */
  interface Cases<T> {
    T linear(LinearLayer layer);

    T add(AddLayer layer);

    T mul(MulLayer layer);

    T concat(ConcatLayer layer);

    T layerNorm(LayerNormLayer layer);

    T dropout(DropoutLayer layer);

    T prelu(PReluLayer layer);

    T activate(ActivateLayer layer);
  }

  /**
   * {@code y = activation(x W^T + b)}.
   *
   * @param from the name of its source
   * @param in the width of its source
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

  /** {@code y = activation(a * b * ...)}; names may repeat. */
  record MulLayer(String name, List<String> from, int width, ValidActivation activation)
      implements ValidLayer {
    public MulLayer {
      from = List.copyOf(from);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.mul(this);
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

  /** {@code y = activation(x * mask)} in training, {@code y = activation(x)} in inference. */
  record DropoutLayer(String name, String from, double p, int width, ValidActivation activation)
      implements ValidLayer {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.dropout(this);
    }
  }

  /**
   * {@code y = activation(x > 0 ? x : weight x)}.
   *
   * @param from the name of what it reads
   * @param slopes how many values the weight has: one for all values of a row, or one for each
   */
  record PReluLayer(String name, String from, int width, int slopes, ValidActivation activation)
      implements ValidLayer {
    @Override
    public boolean isTrained() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.prelu(this);
    }
  }

  /** {@code y = activation(x)}. */
  record ActivateLayer(String name, String from, int width, ValidActivation activation)
      implements ValidLayer {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.activate(this);
    }
  }
}
