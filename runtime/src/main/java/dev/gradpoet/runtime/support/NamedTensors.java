package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors of parameters by the names that PyTorch gives them. */
public final class NamedTensors {

  private NamedTensors() {}

  /**
   * {@code hidden.weight}, {@code hidden.bias}, ... as live views, in the order of the parameters.
   *
   * @return a map that cannot be changed
   */
  public static Map<String, Tensor> of(List<? extends Parameter> parameters) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      tensors.put(parameter.layer() + "." + parameter.name(), parameter.view());
    }
    return Collections.unmodifiableMap(tensors);
  }
}
