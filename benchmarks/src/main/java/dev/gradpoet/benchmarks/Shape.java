package dev.gradpoet.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The networks that are measured, each with the rows of its training step. */
public enum Shape {
  /** 4-16-3. */
  N4_16_3(32, 4, 16, 3),
  /** 11-64-32-16-1. */
  N11_64_32_16_1(32, 11, 64, 32, 16, 1),
  /** 64-32-10. */
  N64_32_10(32, 64, 32, 10),
  /** 784-128-10. */
  N784_128_10(64, 784, 128, 10),
  /** 784-512-512-10. */
  N784_512_512_10(128, 784, 512, 512, 10),
  /** 1024-1024-1024-10. */
  N1024_1024_1024_10(256, 1024, 1024, 1024, 10),
  /** 4096-4096-4096-10, whose parameters take 134 MB: steps alone, in one fork. */
  N4096_4096_4096_10(512, 4096, 4096, 4096, 10),
  /** 8-8-2. */
  N8_8_2(32, 8, 8, 2),
  /** 16-16-4. */
  N16_16_4(32, 16, 16, 4),
  /** 32-32-8. */
  N32_32_8(32, 32, 32, 8),
  /** 64-64-16. */
  N64_64_16(32, 64, 64, 16),
  /** 10-40-40-10. */
  N10_40_40_10(32, 10, 40, 40, 10),
  /** 10-41-41-10. */
  N10_41_41_10(32, 10, 41, 41, 10),
  /** 10-42-42-10. */
  N10_42_42_10(32, 10, 42, 42, 10),
  /** 10-43-43-10. */
  N10_43_43_10(32, 10, 43, 43, 10),
  /** 10-44-44-10. */
  N10_44_44_10(32, 10, 44, 44, 10),
  /** 10-45-45-10. */
  N10_45_45_10(32, 10, 45, 45, 10),
  /** 10-46-46-10. */
  N10_46_46_10(32, 10, 46, 46, 10),
  /** 10-47-47-10. */
  N10_47_47_10(32, 10, 47, 47, 10),
  /** 10-48-48-10. */
  N10_48_48_10(32, 10, 48, 48, 10),
  /** 10-49-49-10. */
  N10_49_49_10(32, 10, 49, 49, 10),
  /** 10-50-50-10. */
  N10_50_50_10(32, 10, 50, 50, 10),
  /** LeNet-5 on images of 28 x 28. */
  LENET_5("LeNet-5", 64),
  /** Two convolutions of 5 x 5 with 8 and 16 channels and a linear layer, on images of 28 x 28. */
  MNIST_8_16_10("8c5-16c5-10", 64),
  /** A convolution and four blocks of depthwise and pointwise convolutions of 64 channels, on 49 x 10 coefficients of sound. */
  DS_CNN("DS-CNN", 64),
  /** A policy of 152-64-64-3 for a game in Godot. */
  JUMPER_HARD("JumperHard", "godot-jumperhard.onnx"),
  /** Tribuo's classifier of MNIST, trained by PyTorch. */
  TRIBUO_MNIST("Tribuo's CNN", "tribuo-pytorch-cnn-mnist.onnx"),
  /** ONNX Runtime's classifier of MNIST, trained by CNTK. */
  ORT_MNIST("ORT's MNIST", "ort-mnist-cntk.onnx");

  private final String title;
  private final int batch;
  private final List<Integer> widths;
  private final Optional<String> model;

  Shape(int batch, int... widths) {
    this.title = Arrays.stream(widths).mapToObj(String::valueOf).collect(Collectors.joining("-"));
    this.batch = batch;
    this.widths = Arrays.stream(widths).boxed().toList();
    this.model = Optional.empty();
  }

  Shape(String title, int batch) {
    this.title = title;
    this.batch = batch;
    this.widths = List.of();
    this.model = Optional.empty();
  }

  Shape(String title, String model) {
    this.title = title;
    this.batch = 64;
    this.widths = List.of();
    this.model = Optional.of(model);
  }

  /**
   * The network of a title.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Shape of(String title) {
    return Arrays.stream(values())
        .filter(shape -> shape.title.equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no network is \"" + title + "\", but "
            + Arrays.stream(values()).map(Shape::title).collect(Collectors.joining(", "))));
  }

  /** {@code 64-32-10}, or a name. */
  public String title() {
    return title;
  }

  /** The rows of a training step. */
  public int batch() {
    return batch;
  }

  /** The ONNX model that it was imported from, weights included, a resource of package {@code models}; such a network has no loss, so it is not trained. */
  public Optional<String> model() {
    return model;
  }

  /** The width of the input, then that of each layer, of a stack of linear layers; empty for other networks. */
  public List<Integer> widths() {
    return widths;
  }
}
