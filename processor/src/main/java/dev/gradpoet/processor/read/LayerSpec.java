package dev.gradpoet.processor.read;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.diagnostic.Site;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A layer's annotation as written in the source. Members that are not written are absent.
 *
 * @param kind the kind of layer
 * @param site its position
 * @param integers the members that are an {@code int}, by name
 * @param reals the members that are a {@code double}, by name
 * @param flags the members that are a {@code boolean}, by name
 * @param sizes the members that are an {@code int[]}, by name
 * @param vectors the members that are a {@code double[]}, by name
 * @param activation the activation
 * @param from the names of the layers that it reads; at most one, unless the kind merges
 */
public record LayerSpec(
    LayerKind kind,
    Site site,
    Map<String, Sited<Integer>> integers,
    Map<String, Sited<Double>> reals,
    Map<String, Sited<Boolean>> flags,
    Map<String, Sited<List<Sited<Integer>>>> sizes,
    Map<String, Sited<List<Sited<Double>>>> vectors,
    Optional<Sited<Activation>> activation,
    Optional<Sited<List<Sited<String>>>> from) {

  /** The value of a {@code double} member, or {@code otherwise} if it is not written. */
  public double real(String name, double otherwise) {
    return reals.containsKey(name) ? reals.get(name).value() : otherwise;
  }

  /** The value of a {@code boolean} member, or {@code otherwise} if it is not written. */
  public boolean flag(String name, boolean otherwise) {
    return flags.containsKey(name) ? flags.get(name).value() : otherwise;
  }
}
