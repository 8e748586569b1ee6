package dev.gradpoet.runtime;

import static dev.gradpoet.runtime.SafetensorsBytes.entry;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.Architecture.Input;
import dev.gradpoet.runtime.support.DeclaredLayer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Creates arguments of any kind: mostly small and valid, often at the edge of a range, sometimes null. */
final class RandomArguments {

  /** The largest of these exceed the maximum length of an array, so no heap is large enough to allocate them. */
  private static final int[] INTS = {
    -1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 1, Integer.MAX_VALUE - 7, -7, 17
  };

  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    1e300,
    -1e300,
    1e-320,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0x1p63,
    3
  };

  private static final long[] LONGS = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1L << 53};

  private static final String[] NAMES = {"0.weight", "0.bias", "1.weight", "a", "__metadata__", ""};

  private final Random random;

  RandomArguments(Random random) {
    this.random = random;
  }

  /** An argument for a parameter of this type; the keys of maps are names. */
  Object of(Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      return map(generic.getActualTypeArguments()[1]);
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return list(generic.getActualTypeArguments()[0]);
    }
    return of((Class<?>) type);
  }

  private Map<Object, Object> map(Type values) {
    Map<Object, Object> map = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(of(String.class), of(values));
    }
    return map;
  }

  private List<Object> list(Type elements) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(of(elements));
    }
    return list;
  }

  Architecture architecture() {
    return Architecture.of("Any", DType.FLOAT32, List.of(Input.of("input", 2)), List.of(layer()));
  }

  private static Layer layer() {
    return new DeclaredLayer(
        "a", "Linear", List.of("input"), new int[] {3}, Activation.RELU, List.of(), List.of());
  }

  private Object of(Class<?> type) {
    if (!type.isPrimitive() && random.nextInt(15) == 0) {
      return null;
    }
    if (type == byte[].class) {
      return file();
    } else if (type == InputStream.class) {
      return new ByteArrayInputStream(file());
    } else if (type == String.class) {
      return NAMES[random.nextInt(NAMES.length)];
    } else if (type == LoadOption.class) {
      return LoadOption.IGNORE_UNKNOWN;
    } else if (type == int.class) {
      return anInt();
    } else if (type == long.class) {
      return aLong();
    } else if (type == double.class) {
      return aDouble();
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == DType.class) {
      return DType.values()[random.nextInt(3)];
    } else if (type == Reduction.class) {
      return Reduction.values()[random.nextInt(Reduction.values().length)];
    } else if (type == Tensor.class) {
      return tensor();
    } else if (type == Object.class) {
      return random.nextBoolean() ? "text" : tensor();
    } else if (type == Input.class) {
      return Input.of("input", anInt());
    } else if (type == Layer.class) {
      return layer();
    } else if (type == Generator.class) {
      return new Generator().manualSeed(random.nextInt());
    } else if (type.isArray()) {
      return array(type.getComponentType());
    }
    throw new AssertionError("no arguments of " + type + ": add them here");
  }

  /** The bytes of a file for {@link Safetensors#read(byte[])}. */
  Safetensors safetensors() {
    try {
      return Safetensors.read(whole());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] whole() {
    return SafetensorsBytes.of(
        "{\"__metadata__\":{\"a\":\"b\"}," + entry("0.weight", "F32", "[1,1]", 0, 4) + ","
            + entry(NAMES[1 + random.nextInt(3)], "I64", "[]", 4, 12) + ","
            + entry("unknown", "F8_E5M2", "[2]", 12, 14) + "}",
        new byte[14]);
  }

  /** A valid file, or one that is truncated or has a wrong byte. */
  private byte[] file() {
    byte[] bytes = whole();
    if (random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 9)) : bytes;
  }

  private int anInt() {
    return random.nextInt(4) == 0 ? INTS[random.nextInt(INTS.length)] : random.nextInt(5);
  }

  private long aLong() {
    return random.nextInt(4) == 0 ? LONGS[random.nextInt(LONGS.length)] : random.nextInt(5);
  }

  private double aDouble() {
    return random.nextInt(3) == 0
        ? DOUBLES[random.nextInt(DOUBLES.length)]
        : random.nextInt(3) == 0 ? random.nextInt(4) : random.nextGaussian();
  }

  private Object array(Class<?> of) {
    int length = random.nextInt(of.isArray() ? 5 : of == int.class ? 4 : 13);
    Object array = Array.newInstance(of, length);
    Object first = of.isArray() ? of(of) : null;
    for (int i = 0; i < length; i++) {
      Object value = of == float.class
          ? (Object) (float) aDouble()
          : of.isArray() && random.nextInt(8) != 0 ? first : of(of);
      Array.set(array, i, value);
    }
    return array;
  }

  /** A tensor of any dtype and shape, or a view with padding, in panels or transposed. */
  Tensor tensor() {
    int height = random.nextInt(4);
    int width = random.nextInt(4);
    Tensor tensor;
    switch (random.nextInt(7)) {
      case 0 -> {
        return Tensor.zeros(DType.values()[random.nextInt(3)]);
      }
      case 1 -> tensor = Tensor.view(new float[4][16], height, width);
      case 2 -> tensor = Tensor.view(new double[2][16], height + 1, 4, 2);
      case 3 -> tensor = Tensor.zeros(DType.values()[random.nextInt(3)], 0, INTS[2]);
      case 4 -> tensor = Tensor.zeros(DType.values()[random.nextInt(3)], height + 1);
      case 5 -> tensor = Tensor.zeros(DType.values()[random.nextInt(3)], 2, height, width);
      default -> tensor = Tensor.zeros(DType.values()[random.nextInt(3)], height, width);
    }
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.dtype() == DType.INT64 ? random.nextInt(4) : aDouble();
    }
    tensor.copyFrom(values);
    return tensor.shape().length == 2 && random.nextInt(4) == 0 ? tensor.t() : tensor;
  }
}
