package dev.gradpoet.processor.emit.network;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.graph.formula.Activations;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.validate.ValidLayer;
import dev.gradpoet.processor.validate.ValidSpec;
import java.util.Locale;

/** Prints the Javadoc of a generated class: its layers, what each reads, and how many parameters it has. */
public final class LayerTable {

  private final Plan plan;
  private final Names names;

  public LayerTable(Plan plan, Names names) {
    this.plan = plan;
    this.names = names;
  }

  public CodeBlock javadoc() {
    ValidSpec spec = plan.spec();
    CodeBlock.Builder doc = CodeBlock.builder()
        .add("The network that {@link $T} declares", names.declaration())
        .add(
            ", in {@code $L}, with $L parameters.\n",
            spec.dtype() == DType.FLOAT32 ? "float" : "double",
            plan.parameterCount())
        .add("\n<table>\n<caption>Layers</caption>\n")
        .add(
            "<tr><th>layer</th><th>computes</th><th>from</th><th>to</th><th>parameters</th></tr>\n");
    for (ValidLayer layer : spec.layers()) {
      doc.add("$L", row(layer));
    }
    doc.add("</table>\n");
    if (spec.loss().function() != Loss.NONE) {
      doc.add(
          "\n<p>Trained on {@code $L} ({@code $L}).\n",
          spec.loss().function(),
          spec.loss().reduction().name().toLowerCase(Locale.ROOT));
    }
    return doc.add(
            "\n<p>Generated from the declaration: change that, not this. The nested classes hold, in the order in which data flows,\n"
                + "the parameters, the values of a batch, the gradients of its rows, and the kernels that compute them.\n")
        .build();
  }

  private String row(ValidLayer layer) {
    String formula = layer.match(
        linear -> linear.from() + " W^T" + (linear.bias() ? " + b" : ""),
        add -> String.join(" + ", add.from()),
        concat -> "[" + String.join(", ", concat.from()) + "]");
    String from =
        layer.match(linear -> String.valueOf(linear.in()), add -> width(layer), concat -> "joined");
    long parameters = layer.match(
        linear -> (long) linear.in() * linear.width() + (linear.bias() ? linear.width() : 0),
        add -> 0L,
        concat -> 0L);
    String applied = Activations.of(layer.activation())
        .map(op -> op.name() + "(" + formula + ")")
        .orElse(formula);
    return "<tr><td>"
        + layer.name()
        + "</td><td>{@code "
        + applied
        + "}</td><td>"
        + from
        + "</td><td>"
        + width(layer)
        + "</td><td>"
        + parameters
        + "</td></tr>\n";
  }

  private static String width(ValidLayer layer) {
    return String.valueOf(layer.width());
  }
}
