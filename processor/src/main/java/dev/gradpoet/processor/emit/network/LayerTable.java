package dev.gradpoet.processor.emit.network;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.DType;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.graph.Input;
import dev.gradpoet.processor.graph.Layer;
import dev.gradpoet.processor.graph.Network;
import dev.gradpoet.processor.plan.Plan;
import java.util.Locale;

/** Prints the Javadoc of a generated class: a table of its layers with their formulas, widths and numbers of parameters. */
public final class LayerTable {

  private final Plan plan;
  private final Names names;

  public LayerTable(Plan plan, Names names) {
    this.plan = plan;
    this.names = names;
  }

  public CodeBlock javadoc() {
    Network network = plan.network();
    CodeBlock.Builder doc = CodeBlock.builder()
        .add("The network that {@link $T} declares", names.declaration())
        .add(
            ", in {@code $L}, with $L parameters.\n",
            network.dtype() == DType.FLOAT32 ? "float" : "double",
            plan.parameterCount())
        .add("\n<table>\n<caption>Layers</caption>\n")
        .add(
            "<tr><th>layer</th><th>computes</th><th>from</th><th>to</th><th>parameters</th></tr>\n");
    network.inputs().stream().filter(Input::method).forEach(input -> doc.add("$L", row(input)));
    for (Layer layer : network.layers()) {
      doc.add("$L", row(layer));
    }
    doc.add("</table>\n");
    if (network.objective().op().isPresent()) {
      doc.add(
          "\n<p>Trained with the loss {@code $L} ({@code $L}).\n",
          network.objective().loss(),
          network.objective().reduction().name().toLowerCase(Locale.ROOT));
    }
    return doc.add(
            "\n<p>Generated: change the declaration, not this class. The nested classes contain, in the order of the data flow,\n"
                + "the parameters, the values of a batch, the gradients of its rows, and the kernels that compute them.\n")
        .build();
  }

  private static String row(Input input) {
    return "<tr><td>"
        + input.name()
        + "</td><td>"
        + (input.isDense()
            ? "input"
            : "input of class indices, 0 to " + (input.classes().getAsInt() - 1))
        + "</td><td></td><td>"
        + Layer.text(input.shape())
        + "</td><td>0</td></tr>\n";
  }

  private String row(Layer layer) {
    return "<tr><td>"
        + layer.name()
        + "</td><td>{@code "
        + layer.formula()
        + "}</td><td>"
        + layer.shapeRead()
        + "</td><td>"
        + Layer.text(layer.shape())
        + "</td><td>"
        + plan.parameterCount(layer.name())
        + "</td></tr>\n";
  }
}
