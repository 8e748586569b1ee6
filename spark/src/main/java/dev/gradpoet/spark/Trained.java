package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import java.io.Serializable;

/** The network of a model, which Java's serialization writes as the name of its class and its tensors: models of spark.ml may be part of a user's function. */
final class Trained implements Serializable {

  private static final long serialVersionUID = 1;

  private final transient Model model;

  Trained(Model model) {
    this.model = model;
  }

  Model model() {
    return model;
  }

  private Object writeReplace() {
    return new Form(model.getClass().getName(), TensorBytes.write(TensorBytes.live(model)));
  }

  /** What is written. */
  private record Form(String network, byte[] tensors) implements Serializable {

    private Object readResolve() {
      Model model = NetworkClass.of(network).create(new Generator());
      TensorBytes.restore(model, TensorBytes.read(tensors));
      return new Trained(model);
    }
  }
}
