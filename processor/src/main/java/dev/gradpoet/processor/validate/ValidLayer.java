package dev.gradpoet.processor.validate;

import java.util.List;
import java.util.function.Function;

/** One layer, with the names of what it reads ({@link ValidSpec#INPUT} or an earlier layer) and its widths. */
public sealed interface ValidLayer {

  /** The method's name, or the number in the shorthand form. */
  String name();

  /** The width of one output row. */
  int width();

  /** The activation applied last. */
  ValidActivation activation();

  /** The result for this kind of layer; a new kind is a new parameter, so no caller can forget it. */
  <T> T match(
      Function<LinearLayer, T> linear, Function<AddLayer, T> add, Function<ConcatLayer, T> concat);

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
    public <T> T match(
        Function<LinearLayer, T> linear,
        Function<AddLayer, T> add,
        Function<ConcatLayer, T> concat) {
      return linear.apply(this);
    }
  }

  /** {@code y = activation(a + b + ...)}; names may repeat. */
  record AddLayer(String name, List<String> from, int width, ValidActivation activation)
      implements ValidLayer {
    public AddLayer {
      from = List.copyOf(from);
    }

    @Override
    public <T> T match(
        Function<LinearLayer, T> linear,
        Function<AddLayer, T> add,
        Function<ConcatLayer, T> concat) {
      return add.apply(this);
    }
  }

  /** {@code y = activation([a, b, ...])}; names may repeat. */
  record ConcatLayer(String name, List<String> from, int width, ValidActivation activation)
      implements ValidLayer {
    public ConcatLayer {
      from = List.copyOf(from);
    }

    @Override
    public <T> T match(
        Function<LinearLayer, T> linear,
        Function<AddLayer, T> add,
        Function<ConcatLayer, T> concat) {
      return concat.apply(this);
    }
  }
}
