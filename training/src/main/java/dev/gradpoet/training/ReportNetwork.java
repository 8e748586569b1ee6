package dev.gradpoet.training;

import dev.gradpoet.Activation;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.training.svg.GraphDrawing;
import dev.gradpoet.training.svg.Svg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The network: its graph of layers and its summary. */
final class ReportNetwork {

  private ReportNetwork() {}

  static String html(Model network) {
    return "<div class=\"cards network\">\n<div class=\"card\"><h3>Graph</h3>"
        + new GraphDrawing(boxes(network.architecture())).svg()
        + "</div>\n<div class=\"card scroll\"><h3>Summary</h3><pre>" + Svg.escape(network.summary())
        + "</pre></div>\n</div>\n";
  }

  private static List<GraphDrawing.Box> boxes(Architecture network) {
    List<GraphDrawing.Box> boxes = new ArrayList<>();
    for (Architecture.Input input : network.inputs()) {
      boxes.add(new GraphDrawing.Box(
          input.name(), "input " + Arrays.toString(input.shape()), List.of(), "input"));
    }
    List<Layer> layers = network.layers();
    for (Layer layer : layers) {
      boolean isOutput = layer == layers.get(layers.size() - 1);
      boxes.add(new GraphDrawing.Box(
          layer.name(), detail(layer), layer.from(), isOutput ? "output" : "layer"));
    }
    return boxes;
  }

  private static String detail(Layer layer) {
    String activation = layer.activation() == Activation.IDENTITY
        ? ""
        : ", " + layer.activation().name().toLowerCase(Locale.ROOT);
    return layer.type() + " " + Arrays.toString(layer.shape()) + activation;
  }
}
