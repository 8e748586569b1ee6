package dev.gradpoet.processor.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gradpoet.DType;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.DoubleParameter;
import dev.gradpoet.runtime.support.FloatParameter;
import dev.gradpoet.runtime.support.Initialization;
import dev.gradpoet.runtime.support.Parameter;
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
    boolean single = dtype(draw) == DType.FLOAT32;
    Parameter weight = single
        ? FloatParameter.byInput("layer", "weight", in, out)
        : DoubleParameter.byOutput("layer", "weight", in, out);
    Parameter bias = single
        ? FloatParameter.vector("layer", "bias", out)
        : DoubleParameter.vector("layer", "bias", out);
    Initialization.pytorchDefault(generator, weight);
    Initialization.pytorchDefault(generator, bias, in);
    comparison.check(what, draw.get("weight"), weight.view());
    comparison.check(what, draw.get("bias"), bias.view());
  }

  private static DType dtype(JsonObject draw) {
    return DType.valueOf(draw.get("dtype").getAsString().toUpperCase(Locale.ROOT));
  }
}
