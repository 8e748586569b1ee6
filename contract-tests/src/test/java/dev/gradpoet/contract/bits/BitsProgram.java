package dev.gradpoet.contract.bits;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Trains the networks of {@link BitNets} for 200 steps each, those of maps for 9, and prints a checksum of the bits of all their parameters, buffers and outputs, one line each.
 * {@link BitsTest} runs it in virtual machines of all kinds.
 */
final class BitsProgram {

  private static final int STEPS = 200;

  /** Of networks of maps, which take a hundred times as long in an interpreter. */
  private static final int STEPS_OF_MAPS = 9;

  private static final int ROWS = 9;
  private static final int MANY = 51;
  private static final int MANY_MAPS = 11;

  /** A network to train. */
  record Work(String name, Supplier<Model> model, Optimizer optimizer, Targets targets) {

    @Override
    public String toString() {
      return name;
    }
  }

  /** The training data. */
  enum Targets {
    CLASSES,
    VALUES,
    PROBABILITIES
  }

  private BitsProgram() {}

  /** Prints the lines; with an argument, only those whose name starts with it. */
  public static void main(String[] args) {
    for (Work work : works()) {
      if (args.length == 0 || work.name().startsWith(args[0])) {
        System.out.println(work.name() + " " + Long.toHexString(bits(work)));
      }
    }
  }

  static List<Work> works() {
    return List.of(
        new Work(
            "CrossEntropy", () -> new BitNets_CrossEntropyNetwork(1), Sgd.of(0.1), Targets.CLASSES),
        new Work(
            "Mse",
            () -> new BitNets_MseNetwork(2),
            Sgd.of(0.01).momentum(0.9).weightDecay(0.01),
            Targets.VALUES),
        new Work(
            "L1",
            () -> new BitNets_L1Network(3),
            Sgd.of(0.01).momentum(0.8).nesterov(true),
            Targets.VALUES),
        new Work("SmoothL1", () -> new BitNets_SmoothL1Network(4), Adam.of(0.01), Targets.VALUES),
        new Work(
            "Huber",
            () -> new BitNets_HuberNetwork(5),
            Adam.of(0.01).amsgrad(true).weightDecay(0.01),
            Targets.VALUES),
        new Work("Bce", () -> new BitNets_BceNetwork(6), AdamW.of(0.01), Targets.PROBABILITIES),
        new Work(
            "BceWithLogits",
            () -> new BitNets_BceWithLogitsNetwork(7),
            RmsProp.of(0.01).centered(true).momentum(0.5),
            Targets.PROBABILITIES),
        new Work("Nll", () -> new BitNets_NllNetwork(8), Adagrad.of(0.05), Targets.CLASSES),
        new Work("KlDiv", () -> new BitNets_KlDivNetwork(9), Sgd.of(0.1), Targets.PROBABILITIES),
        new Work("LeNet", () -> new BitNets_LeNetNetwork(13), Sgd.of(0.1), Targets.CLASSES),
        new Work(
            "Categories", () -> new BitNets_CategoriesNetwork(14), Sgd.of(0.1), Targets.CLASSES),
        new Work("Gated", () -> new BitNets_GatedNetwork(10), Adam.of(0.01), Targets.VALUES),
        new Work("Activated", () -> new BitNets_ActivatedNetwork(11), Sgd.of(0.1), Targets.VALUES),
        new Work("Slopes", () -> new BitNets_SlopesNetwork(12), AdamW.of(0.01), Targets.VALUES),
        new Work(
            "BatchNormed", () -> new BitNets_BatchNormedNetwork(12), Sgd.of(0.05), Targets.VALUES),
        new Work(
            "NormedImages",
            () -> new BitNets_NormedImagesNetwork(14),
            Adam.of(0.01),
            Targets.CLASSES),
        new Work(
            "Depthwise",
            () -> new BitNets_DepthwiseNetwork(15),
            Sgd.of(0.05).momentum(0.9),
            Targets.CLASSES),
        new Work("Signals", () -> new BitNets_SignalsNetwork(16), Adam.of(0.01), Targets.VALUES));
  }

  private static long bits(Work work) {
    Model model = work.model().get();
    Trainer trainer = model.trainer(work.optimizer(), ROWS);
    DType dtype = model.parameters().values().iterator().next().dtype();
    int outputs = model.forward(inputs(model, new Generator().manualSeed(0), 1)).shape()[1];
    // those of batch norms, which train on no single row
    List<Tensor> buffers = model.architecture().layers().stream()
        .flatMap(layer -> layer.buffers().values().stream())
        .toList();
    boolean ofMaps = model.architecture().inputs().get(0).shape().length > 1;
    for (int step = 0; step < (ofMaps ? STEPS_OF_MAPS : STEPS); step++) {
      // batches of every size up to the capacity: each remainder of a tile
      int rows = Math.max(buffers.isEmpty() ? 1 : 2, 1 + step % ROWS);
      Generator g = new Generator().manualSeed(step);
      trainer.step(inputs(model, g, rows), targets(work, g, dtype, rows, outputs));
    }
    CRC32 checksum = new CRC32();
    for (Tensor parameter : model.parameters().values()) {
      add(checksum, parameter);
    }
    buffers.forEach(buffer -> add(checksum, buffer));
    Tensor[] x = inputs(model, new Generator().manualSeed(STEPS), ofMaps ? MANY_MAPS : MANY);
    Tensor y = model.forward(x);
    requireSameRowByRow(model, x, y);
    add(checksum, y);
    return checksum.getValue();
  }

  /** Rows of each input: numbers, or class indices. */
  static Tensor[] inputs(Model model, Generator g, int rows) {
    DType dtype = model.architecture().dtype();
    return model.architecture().inputs().stream()
        .map(input -> {
          int size = IntStream.of(input.shape()).reduce(1, Math::multiplyExact);
          return input.classes().isPresent()
              ? g.randint(0, input.classes().getAsInt(), rows, size)
              : g.randn(dtype, rows, size);
        })
        .toArray(Tensor[]::new);
  }

  static Tensor targets(Work work, Generator g, DType dtype, int rows, int outputs) {
    return switch (work.targets()) {
      case CLASSES -> g.randint(0, outputs, rows);
      case VALUES -> g.randn(dtype, rows, outputs);
      case PROBABILITIES -> g.rand(rows, outputs).to(dtype);
    };
  }

  /** A row has the same outputs at any position in a batch, and alone. */
  private static void requireSameRowByRow(Model model, Tensor[] x, Tensor y) {
    double[] expected = y.toDoubleArray();
    int rows = x[0].shape()[0];
    int outputs = expected.length / rows;
    for (int size : new int[] {1, 2, 5, 6, 7, 24, 25, 50}) {
      for (int from = 0; from + size <= rows; from += size) {
        int first = from;
        Tensor[] part = Stream.of(x).map(each -> rows(each, first, size)).toArray(Tensor[]::new);
        double[] got = model.forward(part).toDoubleArray();
        for (int i = 0; i < got.length; i++) {
          if (Double.compare(got[i], expected[from * outputs + i]) != 0) {
            throw new AssertionError("row " + (from + i / outputs) + " in a batch of " + size + ": "
                + got[i] + ", among all " + expected[from * outputs + i]);
          }
        }
      }
    }
  }

  private static Tensor rows(Tensor x, int from, int size) {
    int width = x.shape()[1];
    double[] part = Arrays.copyOfRange(x.toDoubleArray(), from * width, (from + size) * width);
    return Tensor.of(part, size, width).to(x.dtype());
  }

  private static void add(CRC32 checksum, Tensor tensor) {
    for (double value : tensor.toDoubleArray()) {
      checksum.update(ByteBuffer.allocate(8).putDouble(value).array());
    }
  }
}
