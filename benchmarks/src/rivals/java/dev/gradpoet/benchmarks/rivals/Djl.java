package dev.gradpoet.benchmarks.rivals;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** DJL on PyTorch, with our weights. */
final class Djl {

  private Djl() {}

  /** Configures the number of threads of an operation and no downloads; call before the first use. */
  static void configure(int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.default_engine", "PyTorch");
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }

  /** A network with the layers of ours, initialized for the given number of rows. */
  static Model model(NDManager manager, Architecture architecture, int rows) {
    SequentialBlock block = new SequentialBlock();
    for (Layer layer : architecture.layers()) {
      block.add(block(layer));
      switch (layer.activation()) {
        case IDENTITY -> {}
        case RELU -> block.add(Activation::relu);
        default -> throw new IllegalArgumentException(
            "no block for " + layer.activation() + " of layer " + layer.name());
      }
    }
    block.initialize(manager, DataType.FLOAT32, inputShape(architecture, rows));
    Model model = Model.newInstance("network", "PyTorch");
    model.setBlock(block);
    return model;
  }

  /** The shape of the input for a number of rows: {@code [rows, 1, 28, 28]}. */
  static Shape inputShape(Architecture architecture, int rows) {
    Shape shape = new Shape(rows);
    for (int size : architecture.inputs().get(0).shape()) {
      shape = shape.add(size);
    }
    return shape;
  }

  private static Block block(Layer layer) {
    Map<String, Object> options = layer.options();
    return switch (layer.type()) {
      case "Linear" -> Linear.builder()
          .setUnits((int) options.get("out_features"))
          .optBias((boolean) options.get("bias"))
          .build();
      case "Conv2d" -> Conv2d.builder()
          .setFilters((int) options.get("out_channels"))
          .setKernelShape(shape(layer, "kernel_size"))
          .optStride(shape(layer, "stride"))
          .optPadding(shape(layer, "padding"))
          .optDilation(shape(layer, "dilation"))
          .optGroups((int) options.get("groups"))
          .optBias((boolean) options.get("bias"))
          .build();
      case "MaxPool2d" -> Pool.maxPool2dBlock(
          shape(layer, "kernel_size"), shape(layer, "stride"), shape(layer, "padding"));
      case "AdaptiveAvgPool2d" -> Pool.globalAvgPool2dBlock();
      case "Flatten" -> Blocks.batchFlattenBlock();
      default -> throw new IllegalArgumentException(
          "no block for the type " + layer.type() + " of layer " + layer.name());
    };
  }

  private static Shape shape(Layer layer, String option) {
    List<?> sizes = (List<?>) layer.options().get(option);
    return new Shape(sizes.stream().mapToLong(size -> (int) size).toArray());
  }

  /** Copies our weights to a network; the order of the parameters is the same. */
  static void copyWeights(dev.gradpoet.runtime.Model ours, Model model) {
    Iterator<Tensor> source = ours.parameters().values().iterator();
    for (Parameter parameter : model.getBlock().getParameters().values()) {
      parameter.getArray().set(source.next().toFloatArray());
    }
  }
}
