package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import dev.gradpoet.processor.graph.Input;
import dev.gradpoet.processor.graph.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The inputs of a network in the signatures of its methods: an array for each, in order; {@code x} if there is only one, of numbers. */
public final class Inputs {

  /** The other names in methods that have such parameters, and in what they call without a qualifier. */
  private static final List<String> TAKEN = List.of(
      // parameters, variables, fields, constants
      "n",
      "x",
      "y",
      "classes",
      "predictor",
      "architecture",
      "parameters",
      "generator",
      "p",
      "INPUTS",
      "OUTPUTS",
      "PARAMETERS",
      "TILE",
      "SIMD",
      "KERNELS",
      // types
      "Arrays",
      "Batch",
      "Check",
      "Double",
      "Float",
      "Inputs",
      "Math",
      "Object",
      "Predictor",
      "Probabilities",
      "Tensor",
      // packages
      "dev",
      "java");

  private final Network network;
  private final Scalar scalar;
  private final Map<String, String> names = new LinkedHashMap<>();

  public Inputs(Network network, Scalar scalar) {
    this.network = network;
    this.scalar = scalar;
    NameAllocator allocator = new NameAllocator();
    TAKEN.forEach(allocator::newName);
    network
        .inputs()
        .forEach(input -> names.put(
            input.name(), network.hasOneDenseInput() ? "x" : allocator.newName(input.name())));
  }

  /** Whether the only input is one of numbers, whose methods the runtime declares. */
  public boolean isOneDense() {
    return network.hasOneDenseInput();
  }

  /** {@code float[] numbers, int[] categories}. */
  public List<ParameterSpec> parameters() {
    return network.inputs().stream()
        .map(input -> ParameterSpec.builder(
                input.isDense() ? scalar.array() : CommonCode.INDICES, names.get(input.name()))
            .build())
        .toList();
  }

  /** {@code numbers, categories}. */
  public String arguments() {
    return String.join(", ", names.values());
  }

  /** {@code new Object[] {numbers, categories}}, as methods of the runtime take them; {@code x} if there is only one, of numbers. */
  public CodeBlock passed() {
    return isOneDense()
        ? CodeBlock.of("x")
        : CodeBlock.of("new $T[] {$L}", Object.class, arguments());
  }

  /** {@code INPUTS}, or {@code NUMBERS_INPUTS} of one among several. */
  public String constant(Input input) {
    return network.inputs().size() == 1 ? "INPUTS" : input.constant();
  }

  /** The lines of Javadoc that describe the parameters, which hold so many rows. */
  public String javadoc(String rows) {
    return network.inputs().stream()
        .map(input ->
            "@param " + names.get(input.name()) + " " + rows + " of " + values(input) + "\n")
        .collect(Collectors.joining());
  }

  private static String values(Input input) {
    int size = input.shape().size();
    if (input.isDense()) {
      return size + (size == 1 ? " value" : " values");
    }
    return size + (size == 1 ? " class index" : " class indices") + " from 0 to "
        + (input.classes().getAsInt() - 1);
  }
}
