package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Gradpoet;
import dev.gradpoet.benchmarks.Shape;

/** A program that creates a 64-32-10 network with random weights and predicts once. */
final class FirstPrediction {

  private FirstPrediction() {}

  public static void main(String[] args) {
    float[] y = new float[10];
    Gradpoet.of(Shape.N64_32_10, 1).predictor().forward(new float[64], y);
    System.out.println(y[0]);
  }
}
