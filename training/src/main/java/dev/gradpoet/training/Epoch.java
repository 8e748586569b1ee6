package dev.gradpoet.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The results of one pass over the training rows.
 *
 * @param number counted from 1
 * @param learningRate of its first step
 * @param loss the declared loss of the training rows, each before the update of its step: as PyTorch reduces it, their mean (with class weights the weighted one,
 *     without ignored rows) or, with {@code Reduction.SUM} and {@code NONE}, their sum; NaN for a mean of ignored rows only
 * @param validationLoss the same of the validation rows, after the epoch; NaN without validation
 * @param metrics of the training rows by name, from the outputs that the steps computed; unmodifiable
 * @param validationMetrics of the validation rows by name, after the epoch; unmodifiable, empty without validation
 * @param rows the number of training rows
 * @param seconds the time that it took, validation included
 */
public record Epoch(
    int number,
    double learningRate,
    double loss,
    double validationLoss,
    Map<String, Double> metrics,
    Map<String, Double> validationMetrics,
    int rows,
    double seconds) {

  /** Copies the maps. */
  public Epoch {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    validationMetrics = Collections.unmodifiableMap(new LinkedHashMap<>(validationMetrics));
  }

  /** Whether there was a validation. */
  public boolean hasValidation() {
    return !Double.isNaN(validationLoss) || !validationMetrics.isEmpty();
  }
}
