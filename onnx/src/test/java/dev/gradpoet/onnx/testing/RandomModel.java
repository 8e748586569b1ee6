package dev.gradpoet.onnx.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A random model, as text for {@link ModelText}: nodes that move, join, shape and compute values of one to three inputs. */
public final class RandomModel {

  private static final int[][] SHAPES = {{4}, {2, 3}, {3, 3}, {2, 3, 3}, {3, 3, 3}, {3, 2, 3}};

  private record Value(String name, int[] dims) {}

  private final Random random;
  private final StringBuilder text = new StringBuilder("opset 17\nout y\n");
  private final List<Value> values = new ArrayList<>();
  private int names;

  private RandomModel(long seed) {
    random = new Random(seed);
  }

  /** The text of a model; its output is {@code y}. */
  public static String of(long seed) {
    RandomModel model = new RandomModel(seed);
    model.build();
    return model.text.toString();
  }

  private void build() {
    int[] shape = SHAPES[random.nextInt(SHAPES.length)];
    int inputs = 1 + random.nextInt(2);
    for (int i = 0; i < inputs; i++) {
      int[] dims = random.nextInt(4) > 0 ? shape : SHAPES[random.nextInt(SHAPES.length)];
      text.append("in x%d [N,%s]%n".formatted(i, joined(dims)));
      values.add(new Value("x" + i, dims));
    }
    if (random.nextInt(4) == 0) {
      text.append("in codes [N,3] ints\n");
      constant("table", 5, 3);
      node("Gather", "table, codes", "", 3, 3);
    }
    if (shape.length > 1 && random.nextBoolean()) {
      // channels last, as Keras writes images
      transpose(values.get(0));
      Value first = values.get(values.size() - 1);
      if (random.nextBoolean()) {
        window(first);
      } else {
        norm(first);
      }
    }
    int nodes = 2 + random.nextInt(6);
    for (int i = 0; i < nodes; i++) {
      add(any());
    }
    if (random.nextInt(3) > 0) {
      // a weight takes any order
      Value last = values.get(values.size() - 1);
      int count = Arrays.stream(last.dims()).reduce(1, (a, b) -> a * b);
      node("Flatten", last.name(), "", count);
      String weight = constant("w", count, 2);
      node("MatMul", values.get(values.size() - 1).name() + ", " + weight, "", 2);
    }
    text.append("y = Identity(").append(values.get(values.size() - 1).name()).append(")\n");
  }

  /** Rather one of the last values. */
  private Value any() {
    int back = Math.min(random.nextInt(values.size()), random.nextInt(values.size()));
    return values.get(values.size() - 1 - back);
  }

  private void add(Value x) {
    int[] dims = x.dims();
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> transpose(x);
      case 3 -> node(List.of("Relu", "Sigmoid", "Tanh").get(random.nextInt(3)), x.name(), "", dims);
      case 4 -> node("Softmax", x.name(), " axis=-1", dims);
      case 5, 6 -> join(x);
      case 7 -> window(x);
      case 8 -> mean(x);
      case 9 -> reshape(x);
      case 10, 11 -> {
        int last = dims[dims.length - 1];
        String weight = constant("w", last, 3);
        int[] out = dims.clone();
        out[dims.length - 1] = 3;
        node("MatMul", x.name() + ", " + weight, "", out);
      }
      case 12, 13 -> constant(x);
      case 14 -> norm(x);
      default -> slopes(x);
    }
  }

  private void transpose(Value x) {
    List<Integer> order = IntStream.rangeClosed(1, x.dims().length)
        .boxed()
        .collect(Collectors.toCollection(ArrayList::new));
    java.util.Collections.shuffle(order, random);
    node(
        "Transpose",
        x.name(),
        " perm=[0," + order.stream().map(String::valueOf).collect(Collectors.joining(",")) + "]",
        order.stream().mapToInt(d -> x.dims()[d - 1]).toArray());
  }

  private void join(Value x) {
    List<Value> alike =
        values.stream().filter(other -> Arrays.equals(other.dims(), x.dims())).toList();
    Value other = alike.get(random.nextInt(alike.size()));
    if (random.nextInt(3) == 0) {
      int[] dims = x.dims().clone();
      dims[0] *= 2;
      node("Concat", x.name() + ", " + other.name(), " axis=1", dims);
    } else {
      node(random.nextBoolean() ? "Add" : "Mul", x.name() + ", " + other.name(), "", x.dims());
    }
  }

  private void window(Value x) {
    if (x.dims().length == 1) {
      return;
    }
    int[] dims = x.dims().clone();
    int spatial = dims.length - 1;
    if (random.nextBoolean() && dims[1] > 1 && dims[spatial] > 1) {
      for (int d = 1; d <= spatial; d++) {
        dims[d]--;
      }
      node("MaxPool", x.name(), " kernel_shape=" + list(spatial, 2), dims);
      return;
    }
    int[] kernel = new int[dims.length + 1];
    Arrays.fill(kernel, 3);
    kernel[0] = dims[0];
    kernel[1] = dims[0];
    String weight = constant("k", kernel);
    node("Conv", x.name() + ", " + weight, " pads=" + list(2 * spatial, 1), dims);
  }

  private static String list(int count, int value) {
    return IntStream.range(0, count)
        .mapToObj(d -> String.valueOf(value))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private void mean(Value x) {
    int[] dims = x.dims();
    if (dims.length == 1) {
      return;
    }
    boolean keep = random.nextBoolean();
    boolean first = random.nextInt(4) == 0;
    // all but the channels, or all but the last dimension
    int kept = first ? dims.length - 1 : 0;
    String axes = IntStream.range(0, dims.length)
        .filter(d -> d != kept)
        .mapToObj(d -> String.valueOf(d + 1))
        .collect(Collectors.joining(","));
    int[] out = keep
        ? IntStream.range(0, dims.length).map(d -> d == kept ? dims[d] : 1).toArray()
        : new int[] {dims[kept]};
    node("ReduceMean", x.name(), " axes=[" + axes + "] keepdims=" + (keep ? 1 : 0), out);
  }

  private void reshape(Value x) {
    int count = Arrays.stream(x.dims()).reduce(1, (a, b) -> a * b);
    List<int[]> fitting = Arrays.stream(SHAPES)
        .filter(shape -> Arrays.stream(shape).reduce(1, (a, b) -> a * b) == count)
        .collect(Collectors.toCollection(ArrayList::new));
    fitting.add(new int[] {count});
    int[] dims = fitting.get(random.nextInt(fitting.size()));
    String name = "s" + names++;
    text.append(
        "%s [%d] ints -1 %s%n".formatted(name, dims.length + 1, joined(dims).replace(',', ' ')));
    node("Reshape", x.name() + ", " + name, "", dims);
  }

  private void constant(Value x) {
    int[] dims = x.dims().clone();
    switch (random.nextInt(4)) {
      case 0 -> Arrays.fill(dims, 0, dims.length - 1, 1);
      case 1 -> Arrays.fill(dims, 1, dims.length, 1);
      case 2 -> Arrays.fill(dims, 1);
      default -> {}
    }
    String c = constant("c", dims);
    String operator = List.of("Add", "Sub", "Mul", "Div").get(random.nextInt(4));
    node(operator, x.name() + ", " + c, "", x.dims());
  }

  private void norm(Value x) {
    int[] dims = x.dims();
    String scale = constant("g", dims[dims.length - 1]);
    if (random.nextBoolean()) {
      node("LayerNormalization", x.name() + ", " + scale, " axis=-1", dims);
    } else {
      String[] c = new String[3];
      Arrays.setAll(c, i -> constant("b", dims[0]));
      String positive = positive(dims[0]);
      node("BatchNormalization", String.join(", ", x.name(), c[0], c[1], c[2], positive), "", dims);
    }
  }

  private String positive(int count) {
    String name = "v" + names++;
    text.append("%s [%d] %s%n"
        .formatted(
            name,
            count,
            IntStream.range(0, count)
                .mapToObj(i -> String.valueOf(0.5 + i))
                .collect(Collectors.joining(" "))));
    return name;
  }

  private void slopes(Value x) {
    int[] dims = x.dims().clone();
    Arrays.fill(dims, 1, dims.length, 1);
    String slope = constant("p", dims);
    node("PRelu", x.name() + ", " + slope, "", x.dims());
  }

  private String constant(String prefix, int... dims) {
    String name = prefix.equals("table") ? prefix : prefix + names++;
    text.append("%s [%s]%n".formatted(name, joined(dims)));
    return name;
  }

  private void node(String operator, String inputs, String attributes, int... dims) {
    Value value = new Value("n" + names++, dims);
    text.append("%s = %s(%s)%s%n".formatted(value.name(), operator, inputs, attributes));
    values.add(value);
  }

  private static String joined(int[] dims) {
    return Arrays.stream(dims).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }
}
