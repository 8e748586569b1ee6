package dev.gradpoet.processor.twin;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.support.Parameter;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes NaN into all padding that an object of a generated class holds. */
final class Poison {

  private final Map<String, Integer> widths = new HashMap<>();
  private final Map<DType, Integer> values = new EnumMap<>(DType.class);

  Poison(Net net) {
    net.dense().forEach(input -> widths.put(input.name(), input.width()));
    net.nodes.forEach(node -> {
      widths.put(node.name(), node.width());
      widths.put(node.name() + "BeforeActivation", node.width());
      widths.put(node.name() + "Normalized", node.width());
      widths.put(node.name() + "Scale", 1);
      widths.put(node.name() + "Statistics", node.width());
      widths.put(node.name() + "Mask", node.width());
    });
  }

  /** How many values of each type were written so far. */
  Map<DType, Integer> values() {
    return values;
  }

  void spread(Object root) throws IllegalAccessException {
    spread(root, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private void spread(Object object, Set<Object> seen) throws IllegalAccessException {
    if (object == null || !seen.add(object)) {
      return;
    }
    if (object instanceof Parameter parameter) {
      parameter(parameter);
    } else if (object instanceof List<?> list) {
      for (Object each : list) {
        spread(each, seen);
      }
    } else if (object instanceof Map<?, ?> map) {
      for (Object each : map.values()) {
        spread(each, seen);
      }
    } else if (object instanceof Object[] array
        && !object.getClass().getName().matches("\\[\\[[FD]")) {
      for (Object each : array) {
        spread(each, seen);
      }
    } else if (isOurs(object.getClass())) {
      for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          field(object, field, seen);
        }
      }
    }
  }

  private static boolean isOurs(Class<?> type) {
    String name = type.getName();
    return name.contains("Network")
        || name.matches(
            "dev[.]gradpoet[.]runtime[.]support[.].*(Optimizer|UpdateRule|Ada.*|RmsProp|Sgd)");
  }

  private void field(Object object, Field field, Set<Object> seen) throws IllegalAccessException {
    if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
      return;
    }
    field.setAccessible(true);
    Object value = field.get(object);
    boolean rows = value != null && value.getClass().getName().matches("\\[\\[[FD]");
    if (rows && widths.containsKey(field.getName())) {
      for (Object row : (Object[]) value) {
        fill(row, widths.get(field.getName()), Array.getLength(row));
      }
    } else if (!rows) {
      spread(value, seen);
    }
  }

  /** The padding of a parameter: behind each row, and behind the rows of the last panel. */
  private void parameter(Parameter parameter) throws IllegalAccessException {
    Object matrix = get(parameter, Parameter.class, "matrix");
    int columns = (int) get(matrix, matrix.getClass(), "columns");
    int height = (int) get(matrix, matrix.getClass(), "height");
    int width = (int) get(matrix, matrix.getClass(), "width");
    Object[] rows = (Object[]) get(parameter, parameter.getClass(), "rows");
    for (int i = 0; i < rows.length; i++) {
      int length = Array.getLength(rows[i]);
      int stride = columns > 0 ? length / height : length;
      int own = columns > 0 ? Math.min(columns, width - i * columns) : width;
      for (int from = 0; from < length; from += stride) {
        fill(rows[i], from + own, from + stride);
      }
    }
  }

  private static Object get(Object owner, Class<?> type, String name)
      throws IllegalAccessException {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private void fill(Object array, int from, int to) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, from, to, Float.NaN);
      values.merge(DType.FLOAT32, to - from, Integer::sum);
    } else {
      Arrays.fill((double[]) array, from, to, Double.NaN);
      values.merge(DType.FLOAT64, to - from, Integer::sum);
    }
  }
}
