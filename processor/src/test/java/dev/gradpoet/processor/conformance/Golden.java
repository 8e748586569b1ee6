package dev.gradpoet.processor.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One case that real PyTorch has computed; the schema stands in the README beside the cases. */
final class Golden {

  private final String file;
  private final JsonObject json;

  private Golden(String file, JsonObject json) {
    this.file = file;
    this.json = json;
  }

  /** All cases under a directory, in the order of their names. */
  static List<Golden> readAll(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.endsWith("index.json"))
          .sorted()
          .map(file -> read(directory, file))
          .toList();
    }
  }

  private static Golden read(Path directory, Path file) {
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return new Golden(directory.relativize(file).toString(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String kind() {
    return text("kind");
  }

  DType dtype() {
    return DType.valueOf(text("dtype").toUpperCase(Locale.ROOT));
  }

  boolean has(String field) {
    return json.has(field) && !json.get(field).isJsonNull();
  }

  JsonElement get(String field) {
    return json.get(field);
  }

  JsonObject object(String field) {
    return json.getAsJsonObject(field);
  }

  String text(String field) {
    return json.get(field).getAsString();
  }

  int integer(String field) {
    return json.get(field).getAsInt();
  }

  double tolerance(String part) {
    return object("tolerance").get(part).getAsDouble();
  }

  /** A field as a tensor of the case's dtype and of the shape of its nested lists. */
  Tensor tensor(String field) {
    return tensor(json.get(field), dtype());
  }

  /** The rows of the only input of a case that is not of a graph. */
  Tensor input() {
    return tensor("input");
  }

  /** Whether the parameters of a case of a graph are those that PyTorch draws. */
  boolean hasInitialParameters() {
    return has("graph")
        && (!has("default_parameters") || get("default_parameters").getAsBoolean());
  }

  /** Nested lists of numbers as a tensor. */
  static Tensor tensor(JsonElement element, DType dtype) {
    List<Integer> shape = new ArrayList<>();
    for (JsonElement at = element; at instanceof JsonArray list; at = list.get(0)) {
      shape.add(list.size());
    }
    double[] values = values(element);
    int[] sizes = shape.stream().mapToInt(Integer::intValue).toArray();
    return Tensor.of(values, sizes).to(dtype);
  }

  /** The numbers in nested lists, one after the other. */
  static double[] values(JsonElement element) {
    List<Double> values = new ArrayList<>();
    collect(element, values);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void collect(JsonElement element, List<Double> values) {
    if (element instanceof JsonArray list) {
      list.forEach(each -> collect(each, values));
    } else {
      values.add(Double.parseDouble(element.getAsString())); // reads "NaN" and "Infinity" too
    }
  }

  @Override
  public String toString() {
    return file;
  }
}
