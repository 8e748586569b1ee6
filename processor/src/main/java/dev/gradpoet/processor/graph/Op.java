package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.graph.formula.ActivationOp;
import java.util.List;
import java.util.Optional;

/** An operation of the forward graph: it reads values and computes one. */
public sealed interface Op {

  /** What it reads, in order; a value may occur twice. */
  List<Value> inputs();

  /** What it computes. */
  Value output();

  /** This, if it is an activation. */
  default Optional<Activate> activation() {
    return Optional.empty();
  }

  /** Whether it has parameters that are trained. */
  default boolean hasParameters() {
    return false;
  }

  /** The result for this kind of operation. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of operation: a new kind does not compile until every stage handles it. */
  interface Cases<T> {
    T linear(Linear op);

    T add(Add op);

    T concat(Concat op);

    T layerNorm(LayerNorm op);

    T activate(Activate op);
  }

  /** {@code output = input W^T + b}, with parameters of its own. */
  record Linear(Value input, Value output, boolean bias) implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }

    @Override
    public boolean hasParameters() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.linear(this);
    }
  }

  /** {@code output = inputs[0] + inputs[1] + ...}, all of one width. */
  record Add(List<Value> inputs, Value output) implements Op {
    public Add {
      inputs = List.copyOf(inputs);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.add(this);
    }
  }

  /** {@code output = [inputs[0], inputs[1], ...]}, side by side. */
  record Concat(List<Value> inputs, Value output) implements Op {
    public Concat {
      inputs = List.copyOf(inputs);
    }

    /** The place in the output at which an operand begins. */
    public int offset(int operand) {
      return inputs.subList(0, operand).stream().mapToInt(Value::width).sum();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.concat(this);
    }
  }

  /** {@code output = (input - mean) / sqrt(variance + eps)}, times a weight and plus a bias if it is affine. */
  record LayerNorm(Value input, Value output, double eps, boolean affine) implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }

    @Override
    public boolean hasParameters() {
      return affine;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.layerNorm(this);
    }
  }

  /** {@code output = function(input)}. */
  record Activate(ActivationOp function, Value input, Value output) implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }

    @Override
    public Optional<Activate> activation() {
      return Optional.of(this);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.activate(this);
    }
  }
}
