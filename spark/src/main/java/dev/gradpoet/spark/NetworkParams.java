package dev.gradpoet.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The param that estimators and models have in common: the class of their network. */
public interface NetworkParams extends Params {

  /** The binary name of the generated class of the network. */
  default Param<String> network() {
    return new Param<>(
        uid(),
        "network",
        "binary name of the generated class of the network, such as com.example.DigitsNetwork",
        String.class);
  }

  /**
   * The name of the generated class.
   *
   * @throws IllegalArgumentException if it has not been set
   */
  default String getNetwork() {
    if (!isDefined(network())) {
      throw new IllegalArgumentException(
          "network is not set: pass the generated class, as in setNetwork(DigitsNetwork.class)");
    }
    return getOrDefault(network());
  }
}
