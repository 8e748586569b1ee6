package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.NameAllocator;
import dev.gradpoet.GeneratedNetwork;
import dev.gradpoet.processor.graph.Declaration;
import dev.gradpoet.processor.graph.Network;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Statistic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names in one generated class: of its types, and of the fields and kernels of each layer. A layer may have any name; if the class uses that name
 * itself, the field of the layer gets another.
 */
public final class Names {

  /** The field of all parameters, in their order. */
  public static final String ALL = "all";

  /** The field that says which batch norms are frozen. */
  public static final String FROZEN = "frozen";

  /**
   * The other names in the classes that have fields of layers ({@code Parameters}, {@code Values}, {@code Gradients}, {@code Row}): fields,
   * parameters, variables, types, which a field of the same name would hide, and packages in qualified names.
   */
  private static final List<String> TAKEN = List.of(
      ALL,
      FROZEN,
      "partial",
      "maps",
      "row",
      // parameters and variables
      "from",
      "g",
      "i",
      "keep",
      "n",
      "other",
      "p",
      "rows",
      "v",
      "x",
      // constants of the class around them
      "INPUTS",
      "SIMD",
      // types
      "ArrayList",
      "BatchRows",
      "DoubleParameter",
      "DoubleScratch",
      "FloatParameter",
      "FloatScratch",
      "Generator",
      "Initialization",
      "List",
      "Parameters",
      "Row",
      "Rows",
      "Slot",
      "Values",
      // packages
      "dev",
      "java");

  /** What stands behind the name of a layer in that of each of its buffers. */
  private static final Map<String, String> STATISTICS = Map.of(
      "running_mean",
      "RunningMean",
      "running_var",
      "RunningVar",
      "num_batches_tracked",
      "NumBatchesTracked",
      "mean",
      "Mean",
      "std",
      "Std");

  /** {@code @GeneratedNetwork}, on nested classes too, because JaCoCo checks each class separately. */
  public static final AnnotationSpec MARK_OF_NESTED =
      AnnotationSpec.builder(GeneratedNetwork.class).build();

  private final ClassName declaration;
  private final ClassName network;
  private final ClassName implemented;
  private final Map<String, String> layers = new LinkedHashMap<>();

  /** The fields of the buffers that are named by their layer and a suffix. */
  private final Map<String, String> buffers = new LinkedHashMap<>();

  private final Map<String, String> transposed = new LinkedHashMap<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final NameAllocator methods = new NameAllocator();

  /**
   * Allocates the names of a generated class.
   *
   * @param standIn the simple name of the interface that is implemented in place of the declaration, if any
   */
  public Names(Network network, Optional<String> standIn) {
    Declaration declared = network.declaration();
    declaration = className(declared);
    this.network = ClassName.get(declared.packageName(), declared.generatedName());
    implemented = standIn.map(this.network::peerClass).orElse(declaration);
    NameAllocator fields = new NameAllocator();
    TAKEN.forEach(fields::newName);
    if (network.inputs().size() > 1) {
      network.inputs().forEach(input -> fields.newName(input.constant()));
    }
    network.inputs().forEach(input -> layers.put(input.name(), fields.newName(input.name())));
    network
        .layers()
        .forEach(layer -> layers.put(
            layer.name(),
            fields.newName(declared.methods() ? layer.name() : "layer" + layer.name())));
    layers.forEach((layer, field) -> {
      for (Buffer.Role role : Buffer.Role.values()) {
        if (!role.suffix().isEmpty()) {
          buffers.computeIfAbsent(
              layer + "." + role.suffix(), absent -> fields.newName(field + role.suffix()));
        }
      }
      transposed.put(layer, fields.newName(field + "Transposed"));
      parameters.put(layer + ".weight", fields.newName(field + "Weight"));
      parameters.put(layer + ".bias", fields.newName(field + "Bias"));
      STATISTICS.forEach(
          (name, suffix) -> parameters.put(layer + "." + name, fields.newName(field + suffix)));
    });
  }

  private static ClassName className(Declaration declared) {
    ClassName name =
        ClassName.get(declared.packageName(), declared.simpleNames().get(0));
    for (String nested :
        declared.simpleNames().subList(1, declared.simpleNames().size())) {
      name = name.nestedClass(nested);
    }
    return name;
  }

  /** The interface that declares the network. */
  public ClassName declaration() {
    return declaration;
  }

  /** The interface that the generated class implements: the declaration, or the stand-in for it. */
  public ClassName implemented() {
    return implemented;
  }

  /** {@code @GeneratedNetwork(Digits.class)}, on the outermost class. */
  public AnnotationSpec mark() {
    return MARK_OF_NESTED.toBuilder()
        .addMember("value", "$T.class", implemented)
        .build();
  }

  /** The generated class. */
  public ClassName network() {
    return network;
  }

  /** A nested class of the generated class. */
  public ClassName nested(String simpleName) {
    return network.nestedClass(simpleName);
  }

  /** The field of a layer or an input. */
  public String field(String layer) {
    return layers.get(layer);
  }

  /** The field of a buffer, in the class of its role. */
  public String field(Buffer buffer) {
    return buffers.getOrDefault(
        buffer.layer() + "." + buffer.role().suffix(), field(buffer.layer()));
  }

  /** The field of the transposed copy of a layer's weight. */
  public String transposed(String layer) {
    return transposed.get(layer);
  }

  /** The field of a parameter. */
  public String field(Parameter parameter) {
    return parameters.get(parameter.layer() + "." + parameter.name());
  }

  /** The field of a buffer in PyTorch's sense. */
  public String field(Statistic statistic) {
    return parameters.get(statistic.layer() + "." + statistic.name());
  }

  /** A unique name for a kernel. */
  public String method(String wanted) {
    return methods.newName(wanted);
  }

  /** An allocator of names for a family's own methods: all except those of the kernels. */
  public NameAllocator ofFamily() {
    return methods.clone();
  }
}
