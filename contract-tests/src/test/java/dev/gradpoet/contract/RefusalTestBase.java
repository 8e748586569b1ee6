package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A network and its trainer that refuse calls: the message gives the value found, what was expected and how to fix it, and nothing changes. */
abstract class RefusalTestBase {

  static final float[] X = Data.floats(1, 4 * 5);
  static final int[] Y = {0, 1, 2, 3};

  final Nets_ClassesNetwork net = new Nets_ClassesNetwork(1);
  final Nets_ClassesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1).momentum(0.9), 4);
  Map<String, Tensor> expected = new Nets_ClassesNetwork(1).parameters();

  @AfterEach
  void noParameterHasChanged() {
    assertThat(net.parameters()).isEqualTo(expected);
  }

  static void refused(ThrowingCallable call, String text) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(text);
  }

  static void refusedAny(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }

  static void illegal(ThrowingCallable call, String text) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage(text);
  }
}
