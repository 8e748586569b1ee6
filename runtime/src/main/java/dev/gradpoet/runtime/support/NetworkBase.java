package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.LoadOption;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What generated networks of all types have in common. It has no fields and no methods but those of {@link Model}: a network of a serializable
 * declaration needs a superclass without state, and every other name belongs to the user's layers.
 */
public abstract class NetworkBase implements Model {

  /** For generated classes. */
  protected NetworkBase() {}

  @Override
  public final Layer layer(int index) {
    List<Layer> layers = architecture().layers();
    return layers.get(Check.layer(index, layers.size()));
  }

  @Override
  public final String summary() {
    return Model.super.summary();
  }

  @Override
  public final String toString() {
    return summary();
  }

  @Override
  public void fitNormalization(Tensor... inputs) {
    InputStatistics.fit(architecture(), inputs);
  }

  @Override
  public final void save(Path path) throws IOException {
    Model.super.save(path);
  }

  @Override
  public final Safetensors load(Path path, Map<String, String> names, LoadOption... options)
      throws IOException {
    return Model.super.load(path, names, options);
  }
}
