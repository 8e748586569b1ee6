package dev.gradpoet.benchmarks;

/** A program that creates a 64-32-10 network with random weights and predicts once. */
public final class FirstPrediction {

  private FirstPrediction() {}

  /** Prints whether the prediction is a number. */
  public static void main(String[] args) {
    float[] y = new float[Networks_N64_32_10Network.OUTPUTS];
    new Networks_N64_32_10Network(Gradpoet.SEED).predictor().forward(new float[64], y);
    System.out.println(y[0] == y[0] ? "predicted" : "failed");
  }
}
