package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.Activation;
import dev.gradpoet.ActivationOptions;
import dev.gradpoet.DType;
import dev.gradpoet.Linear;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Layer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a network says of itself is what was declared. */
class ArchitectureTest {

  /** Options of activations, at their defaults and not. */
  @Network(input = 3)
  interface Optional {
    @Linear(out = 4, bias = false, activation = Activation.LEAKY_RELU)
    Layer leaky();

    @Linear(out = 2, activation = Activation.SOFTPLUS)
    @ActivationOptions(beta = 2, threshold = Double.POSITIVE_INFINITY)
    Layer soft();
  }

  @Test
  void theWholeNetwork() {
    Nets_BranchesNetwork net = new Nets_BranchesNetwork(1);
    Architecture branches = net.architecture();

    assertThat(branches).isSameAs(net.architecture());
    assertThat(branches.name()).isEqualTo("Branches");
    assertThat(branches.dtype()).isEqualTo(DType.FLOAT64);
    assertThat(branches.inputs()).hasSize(1);
    assertThat(branches.inputs().get(0).name()).isEqualTo("input");
    assertThat(branches.inputs().get(0).shape()).containsExactly(6);
    assertThat(branches.outputShape()).containsExactly(3);
    assertThat(branches.layers().stream().map(Layer::name))
        .containsExactly("first", "second", "residual", "joined", "result");
    assertThat(branches.layers().stream().map(Layer::type))
        .containsExactly("Linear", "Linear", "Add", "Concat", "Linear");
    assertThat(branches.layers())
        .containsExactly(net.first(), net.second(), net.residual(), net.joined(), net.result());
    assertThat(net).hasToString(net.summary());
  }

  @Test
  void itsLayers() {
    Nets_BranchesNetwork net = new Nets_BranchesNetwork(1);

    assertThat(net.first().from()).containsExactly("input");
    assertThat(net.joined().from()).containsExactly("residual", "input", "first");
    assertThat(net.joined().shape()).containsExactly(19 + 6 + 19);
    assertThat(net.joined().parameters()).isEmpty();
    assertThat(net.joined().options()).isEmpty();
    assertThat(net.residual().activation()).isEqualTo(Activation.TANH);
    assertThat(net.second().options()).hasToString("{in_features=19, out_features=19, bias=false}");
    assertThat(net.second().parameters().keySet()).containsExactly("weight");
    assertThat(net.first().parameters().keySet()).containsExactly("weight", "bias");
    assertThat(net.first().parameters().get("weight"))
        .isSameAs(net.parameters().get("first.weight"));
    assertThat(Stream.of(net.first(), net.joined()).map(Layer::buffers))
        .allMatch(each -> each.isEmpty());
  }

  @Test
  void optionsOfActivationsWithTheirDefaults() {
    ArchitectureTest_OptionalNetwork net = new ArchitectureTest_OptionalNetwork(1);

    assertThat(net.leaky().options())
        .hasToString("{in_features=3, out_features=4, bias=false, negative_slope=0.01}");
    assertThat(net.soft().options())
        .hasToString("{in_features=4, out_features=2, bias=true, beta=2.0, threshold=Infinity}");
  }

  @Test
  void aCopyHasAnArchitectureOfItsOwn() {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(1);
    Nets_ClassesNetwork copy = net.copy();
    net.layer(0).weight().set(7, 0, 0);

    assertThat(copy.architecture().layers().get(0).weight().get(0, 0)).isNotEqualTo(7);
    assertThat(copy.architecture().layers().get(0).name()).isEqualTo("0");
  }
}
