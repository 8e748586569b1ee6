package dev.gradpoet.processor.valid;

import dev.gradpoet.processor.shape.Shape;
import java.util.List;

/** Layers that merge the values of several others. */
public final class MergeLayers {

  private MergeLayers() {}

  /** {@code y = activation(a + b + ...)}; names may repeat. */
  public record AddLayer(String name, List<String> from, Shape shape, ValidActivation activation)
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
  public record MulLayer(String name, List<String> from, Shape shape, ValidActivation activation)
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
  public record ConcatLayer(String name, List<String> from, Shape shape, ValidActivation activation)
      implements ValidLayer {
    public ConcatLayer {
      from = List.copyOf(from);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.concat(this);
    }
  }
}
