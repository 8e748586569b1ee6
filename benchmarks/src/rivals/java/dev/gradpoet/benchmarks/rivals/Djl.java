package dev.gradpoet.benchmarks.rivals;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.gradpoet.runtime.Tensor;
import java.util.Iterator;
import java.util.List;

/** DJL on PyTorch, on one thread, with our weights. */
final class Djl {

  private Djl() {}

  /** Configures one thread and no downloads; call before the first use. */
  static void configure() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.default_engine", "PyTorch");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }

  /** A network of these widths, initialized for the given number of rows. */
  static Model model(NDManager manager, List<Integer> widths, int rows) {
    SequentialBlock block = new SequentialBlock();
    for (int i = 1; i < widths.size(); i++) {
      block.add(Linear.builder().setUnits(widths.get(i)).build());
      if (i < widths.size() - 1) {
        block.add(Activation::relu);
      }
    }
    block.initialize(manager, DataType.FLOAT32, new Shape(rows, widths.get(0)));
    Model model = Model.newInstance("network", "PyTorch");
    model.setBlock(block);
    return model;
  }

  /** Copies our weights to a network; the order of the parameters is the same. */
  static void copyWeights(dev.gradpoet.runtime.Model ours, Model model) {
    Iterator<Tensor> source = ours.parameters().values().iterator();
    for (Parameter parameter : model.getBlock().getParameters().values()) {
      parameter.getArray().set(source.next().toFloatArray());
    }
  }
}
