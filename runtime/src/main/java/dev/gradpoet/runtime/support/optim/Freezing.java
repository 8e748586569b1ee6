package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.support.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which parameters are frozen, and how many updates each has missed: PyTorch counts the updates of each parameter by itself. */
public final class Freezing {

  private final List<? extends Parameter> gradients;
  private final List<Parameter> trained = new ArrayList<>();
  private final boolean[] frozen;
  private final long[] missed;

  /**
   * Nothing frozen yet.
   *
   * @param gradients the gradient of each parameter, in order
   */
  public Freezing(List<? extends Parameter> gradients) {
    this.gradients = gradients;
    this.frozen = new boolean[gradients.size()];
    this.missed = new long[gradients.size()];
    trained.addAll(gradients);
  }

  /** Freezes or unfreezes the parameters of some layers. The gradients of those that are frozen are zero. */
  public void set(Set<String> layers, boolean freeze) {
    trained.clear();
    for (int slot = 0; slot < frozen.length; slot++) {
      if (layers.contains(gradients.get(slot).layer())) {
        frozen[slot] = freeze;
      }
      if (!frozen[slot]) {
        trained.add(gradients.get(slot));
      }
    }
    zeroFrozen();
  }

  /** Whether any parameter is frozen. */
  public boolean any() {
    return trained.size() < frozen.length;
  }

  /** The gradients of the parameters that are not frozen, in order. */
  public List<Parameter> trained() {
    return trained;
  }

  /** Drops what a backward pass has added to the gradients of frozen parameters. */
  public void zeroFrozen() {
    for (int slot = 0; slot < frozen.length; slot++) {
      if (frozen[slot]) {
        gradients.get(slot).zero();
      }
    }
  }

  /** Notes that an update has left out what is frozen. */
  public void updated() {
    for (int slot = 0; slot < frozen.length; slot++) {
      if (frozen[slot]) {
        missed[slot]++;
      }
    }
  }

  boolean isFrozen(int slot) {
    return frozen[slot];
  }

  /** The number of a parameter's own updates, out of those of the trainer. */
  long own(int slot, long updates) {
    return updates - missed[slot];
  }

  /** The own updates of those parameters that have missed some, by the names of the parameters. */
  Map<String, Long> steps(long updates) {
    Map<String, Long> steps = new LinkedHashMap<>();
    for (int slot = 0; slot < missed.length; slot++) {
      if (missed[slot] > 0) {
        steps.put(name(slot), own(slot, updates));
      }
    }
    return steps;
  }

  /** Sets the own updates of the parameters; those that are not named have missed none. */
  public void restore(Map<String, Long> steps, long updates) {
    for (int slot = 0; slot < missed.length; slot++) {
      missed[slot] = updates - steps.getOrDefault(name(slot), updates);
    }
  }

  private String name(int slot) {
    return gradients.get(slot).layer() + "." + gradients.get(slot).name();
  }
}
