package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Calls of a trainer out of order, or without what they need. */
class CallOrderTest extends RefusalTestBase {

  @Test
  void callsOutOfOrder() {
    illegal(() -> trainer.output(), "output before the first forward: call forward(x) first");
    illegal(() -> trainer.loss(Y), "loss before the first forward: call forward(x) first");
    illegal(() -> trainer.backward(), "backward before the first forward: call forward(x) first");
    illegal(
        () -> trainer.backward(new float[16]),
        "backward before the first forward: call forward(x) first");
    trainer.forward(X);
    illegal(
        () -> trainer.backward(),
        "backward() without a loss to differentiate: call loss(y) after forward(x), once for each backward()");
    illegal(
        () -> trainer.inputGradient(),
        "inputGradient without a backward since the last forward and loss, or after update or step: call it right after backward");
    trainer.loss(Y);
    trainer.backward();
    illegal(
        () -> trainer.backward(),
        "backward() without a loss to differentiate: call loss(y) after forward(x), once for each backward()");
  }

  @Test
  void theGradientOfTheInputAfterAnotherLoss() {
    trainer.forward(X);
    trainer.loss(Y);
    trainer.backward();
    trainer.loss(new int[] {3, 2, 1, 0});
    illegal(
        () -> trainer.inputGradient(),
        "inputGradient without a backward since the last forward and loss, or after update or step: call it right after backward");
  }

  @Test
  void aRejectedTargetLeavesNoGradient() {
    trainer.forward(X);
    trainer.loss(Y);
    refused(
        () -> trainer.loss(new int[] {9, 9, 9, 9}),
        "y[0] is 9, expected a class index in 0..3, or -100 to ignore the row: the network has 4 outputs");
    trainer.backward();
    Nets_ClassesNetwork.Trainer undisturbed = net.trainer(Sgd.of(0.1), 4);
    undisturbed.forward(X);
    undisturbed.loss(Y);
    undisturbed.backward();
    assertThat(trainer.gradient("1.bias")).isEqualTo(undisturbed.gradient("1.bias"));
  }

  @Test
  void theGradientAfterAStep() {
    trainer.step(X, Y);
    expected = copyOf(net.parameters());
    illegal(
        () -> trainer.gradient("0.weight"),
        "gradient after step: step uses the gradients up; call forward, loss and backward to have them");
    illegal(
        () -> trainer.update(),
        "update after step: step uses the gradients up; call forward, loss and backward to have them");
    illegal(
        () -> trainer.backward(),
        "backward after update or step: the parameters are no longer those of the forward; call forward(x) again");
  }

  @Test
  void aLossThatWasNotDeclared() {
    Nets_LosslessNetwork lossless = new Nets_LosslessNetwork(1);
    Trainer any = ((Model) lossless).trainer(Sgd.of(0.1), 2);
    Tensor x = Tensor.of(new float[4], 1, 4);
    Tensor y = Tensor.of(new float[3], 1, 3);
    String text =
        "the network was declared with Loss.NONE: declare a loss, or call backward(gradOutput) with your own gradient";
    any.forward(x);
    for (ThrowingCallable call : new ThrowingCallable[] {
      () -> any.step(x, y), () -> any.loss(y), () -> any.backward(), () -> any.evaluate(x, y)
    }) {
      assertThatThrownBy(call).isInstanceOf(UnsupportedOperationException.class).hasMessage(text);
    }
  }

  private static Map<String, Tensor> copyOf(Map<String, Tensor> parameters) {
    return parameters.entrySet().stream()
        .collect(Collectors.toMap(
            Map.Entry::getKey,
            e -> Tensor.of(e.getValue().toFloatArray(), e.getValue().shape())));
  }
}
