package dev.gradpoet.onnx.net;

import dev.gradpoet.Activation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A layer while it is imported: later nodes of the model may add a bias, an activation or a factor to it. */
public final class NetLayer {

  private LayerKind kind;
  private List<NetLayer> from;
  private int[] shape;
  private final String origin;
  private Activation activation = Activation.IDENTITY;
  private Map<String, Double> options = Map.of();
  private final Map<String, Constant> parameters = new LinkedHashMap<>();
  private String name = "";

  /**
   * A layer.
   *
   * @param shape of one sample of its output
   * @param origin what the model calls it, may be empty
   */
  public NetLayer(LayerKind kind, List<NetLayer> from, int[] shape, String origin) {
    this.kind = kind;
    this.from = List.copyOf(from);
    this.shape = shape.clone();
    this.origin = origin;
  }

  /** What it is. */
  public LayerKind kind() {
    return kind;
  }

  /** Makes it something else of the same shape, such as the same layer with a bias. */
  public void become(LayerKind other) {
    kind = other;
  }

  /** What it reads. */
  public List<NetLayer> from() {
    return from;
  }

  /** Reads another layer in the place of one. */
  public void read(NetLayer other, NetLayer inPlaceOf) {
    from = from.stream().map(layer -> layer == inPlaceOf ? other : layer).toList();
  }

  /** The shape of one sample of its output. */
  public int[] shape() {
    return shape.clone();
  }

  /** Gives the input the shape that its first reader asks for; its values stay as many. */
  public void shape(int[] other) {
    shape = other.clone();
  }

  /** What the model calls it, may be empty. */
  public String origin() {
    return origin;
  }

  /** The activation applied to its result. */
  public Activation activation() {
    return activation;
  }

  /** The options of its activation that differ from their defaults, by the names of {@code @ActivationOptions}. */
  public Map<String, Double> options() {
    return options;
  }

  /** Sets the activation. */
  public void activation(Activation function, Map<String, Double> arguments) {
    activation = function;
    options = arguments;
  }

  /** Its parameters and buffers by PyTorch's names; may be changed. */
  public Map<String, Constant> parameters() {
    return parameters;
  }

  /** A parameter. */
  public Optional<Constant> parameter(String parameter) {
    return Optional.ofNullable(parameters.get(parameter));
  }

  /** Its name in the declaration, empty until it has one. */
  public String name() {
    return name;
  }

  /** Names it. */
  public void name(String chosen) {
    name = chosen;
  }

  /** Whether its output differs from what it reads, in inference. */
  public boolean computes() {
    return !(kind instanceof LayerKind.Dropout || kind == LayerKind.Plain.FLATTEN)
        || activation != Activation.IDENTITY;
  }

  /** Whether it is an input. */
  public boolean isInput() {
    return kind instanceof LayerKind.Input;
  }
}
