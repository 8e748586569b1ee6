package dev.gradpoet.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened in a training run: its epochs, the best one, why it ended, and its settings. */
public final class History {

  private final List<Epoch> epochs;
  private final int best;
  private final String end;
  private final Map<String, String> settings;

  History(List<Epoch> epochs, int best, String end, Map<String, String> settings) {
    this.epochs = List.copyOf(epochs);
    this.best = best;
    this.end = end;
    this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** The epochs in order, as an unmodifiable list; empty if a listener stopped the first one: the network is then as it was, except for a fitted normalization. */
  public List<Epoch> epochs() {
    return epochs;
  }

  /**
   * The epoch whose parameters the network has: the one with the best score or, without validation, the last.
   *
   * @throws IllegalStateException if no epoch was completed
   */
  public Epoch best() {
    if (best == 0) {
      throw new IllegalStateException("no epoch was completed: " + end);
    }
    return epochs.get(best - 1);
  }

  /** Why the run ended, such as {@code all 100 epochs are done}. */
  public String end() {
    return end;
  }

  /** The settings of the run and the versions that it ran on, by name, as an unmodifiable map. */
  public Map<String, String> settings() {
    return settings;
  }

  /** The time of all epochs together, in seconds. */
  public double seconds() {
    double sum = 0;
    for (Epoch epoch : epochs) {
      sum += epoch.seconds();
    }
    return sum;
  }

  /** The number of epochs, the best one, and why the run ended. */
  @Override
  public String toString() {
    return epochs.size() + " epochs" + (best == 0 ? "" : ", the best is " + best) + ": " + end;
  }
}
