package dev.gradpoet.processor.validate;

import dev.gradpoet.Activation;
import java.util.List;

/** One layer, with the names of what it reads ({@link ValidSpec#INPUT} or an earlier layer) and its widths. */
public sealed interface ValidLayer {

  /** The method's name, or the number in the shorthand form. */
  String name();

  /** The width of one output row. */
  int width();

  /** The activation applied last. */
  Activation activation();

  /**
   * {@code y = activation(x W^T + b)}.
   *
   * @param from the name of what it reads
   * @param in the width of what it reads
   */
  record LinearLayer(String name, String from, int in, int width, boolean bias, Activation activation) implements ValidLayer {}

  /** {@code y = activation(a + b + ...)}; names may repeat. */
  record AddLayer(String name, List<String> from, int width, Activation activation) implements ValidLayer {
    public AddLayer {
      from = List.copyOf(from);
    }
  }

  /** {@code y = activation([a, b, ...])}; names may repeat. */
  record ConcatLayer(String name, List<String> from, int width, Activation activation) implements ValidLayer {
    public ConcatLayer {
      from = List.copyOf(from);
    }
  }
}
