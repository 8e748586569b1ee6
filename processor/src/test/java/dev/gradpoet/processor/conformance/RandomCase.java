package dev.gradpoet.processor.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gradpoet.DType;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.DoubleLinear;
import dev.gradpoet.runtime.support.FloatLinear;
import dev.gradpoet.runtime.support.Initialization;
import java.util.Locale;

/** Draws what PyTorch drew. */
final class RandomCase {

  private RandomCase() {}

  static void run(Golden golden, Comparison comparison) {
    Generator generator = new Generator();
    generator.manualSeed(golden.integer("seed"));
    int place = 0;
    for (JsonElement element : golden.get("draws").getAsJsonArray()) {
      JsonObject draw = element.getAsJsonObject();
      if (golden.get("reseed_before_each").getAsBoolean()) {
        generator.manualSeed(golden.integer("seed"));
      }
      String what = place++ + " " + draw.get("op").getAsString();
      if (draw.get("op").getAsString().equals("linear")) {
        linear(generator, draw, what, comparison);
      } else {
        comparison.check(what, draw.get("values"), draw(generator, draw));
      }
    }
  }

  private static Tensor draw(Generator generator, JsonObject draw) {
    int n = draw.get("n").getAsInt();
    return switch (draw.get("op").getAsString()) {
      case "rand" -> generator.rand(dtype(draw), n);
      case "randn" -> generator.randn(dtype(draw), n);
      case "randint" ->
        generator.randint(draw.get("low").getAsLong(), draw.get("high").getAsLong(), n);
      case "randperm" -> generator.randperm(n);
      case "uniform" -> {
        Tensor t = Tensor.zeros(dtype(draw), n);
        generator.uniform(t, draw.get("low").getAsDouble(), draw.get("high").getAsDouble());
        yield t;
      }
      default -> throw new AssertionError("unknown draw " + draw);
    };
  }

  private static void linear(
      Generator generator, JsonObject draw, String what, Comparison comparison) {
    int in = draw.get("in").getAsInt();
    int out = draw.get("out").getAsInt();
    if (dtype(draw) == DType.FLOAT32) {
      FloatLinear layer = FloatLinear.byInput("layer", in, out, true);
      Initialization.pytorchDefault(generator, layer);
      comparison.check(what, draw.get("weight"), layer.weight());
      comparison.check(what, draw.get("bias"), layer.bias());
    } else {
      DoubleLinear layer = DoubleLinear.byOutput("layer", in, out, true);
      Initialization.pytorchDefault(generator, layer);
      comparison.check(what, draw.get("weight"), layer.weight());
      comparison.check(what, draw.get("bias"), layer.bias());
    }
  }

  private static DType dtype(JsonObject draw) {
    return DType.valueOf(draw.get("dtype").getAsString().toUpperCase(Locale.ROOT));
  }
}
