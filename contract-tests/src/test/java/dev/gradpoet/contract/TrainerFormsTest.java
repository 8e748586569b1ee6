package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gradpoet.runtime.DoubleTrainer;
import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import org.junit.jupiter.api.Test;

/** The interfaces of a trainer: according to the targets of its loss, and with the signatures for several inputs. */
class TrainerFormsTest {

  private static final float[] X = Data.floats(1, 7 * 5);
  private static final int[] LABELS = Data.labels(2, 7, 4);

  @Test
  void implementsTheInterfacesOfTheTargetsThatItsLossTakes() {
    Sgd sgd = Sgd.of(0.1);
    assertThat(new Nets_ClassesNetwork(1).trainer(sgd, 1))
        .isInstanceOf(FloatTrainer.ClassTargets.class)
        .isInstanceOf(FloatTrainer.DenseTargets.class);
    assertThat(new Nets_BranchesNetwork(1).trainer(sgd, 1))
        .isInstanceOf(DoubleTrainer.DenseTargets.class)
        .isNotInstanceOf(DoubleTrainer.ClassTargets.class);
    assertThat(new PredictionsTest_LogsNetwork(1).trainer(sgd, 1))
        .isInstanceOf(FloatTrainer.ClassTargets.class)
        .isNotInstanceOf(FloatTrainer.DenseTargets.class);
    assertThat(new Nets_LosslessNetwork(1).trainer(sgd, 1))
        .isInstanceOf(FloatTrainer.class)
        .isNotInstanceOf(FloatTrainer.ClassTargets.class)
        .isNotInstanceOf(FloatTrainer.DenseTargets.class);
  }

  /** Any network of this kind can be trained through the interface, with the same bits as through its class. */
  @Test
  void theInterfaceHasTheMethodsOfTheClass() {
    Nets_ClassesNetwork own = new Nets_ClassesNetwork(3);
    Nets_ClassesNetwork other = new Nets_ClassesNetwork(3);
    Nets_ClassesNetwork.Trainer trainer = own.trainer(Sgd.of(0.1), 7);
    float loss = trainer.step(X, LABELS);

    try (FloatTrainer.ClassTargets any = other.trainer(Sgd.of(0.1), 7)) {
      assertThat(any.step(X, LABELS)).isEqualTo(loss);
      assertThat(any.evaluate(X, LABELS)).isEqualTo(trainer.evaluate(X, LABELS));
      any.forward(X);
      assertThat(any.loss(LABELS)).isEqualTo(any.evaluate(X, 7, LABELS));
    }
    assertThat(other.parameters()).isEqualTo(own.parameters());
  }

  @Test
  void aSingleInputMayBePassedAsInputs() {
    Tensor x = Tensor.of(X, 7, 5);
    Tensor y = Tensor.of(LABELS);
    Nets_ClassesNetwork own = new Nets_ClassesNetwork(3);
    Nets_ClassesNetwork other = new Nets_ClassesNetwork(3);
    Trainer one = own.trainer(Sgd.of(0.1), 7);
    Trainer any = other.trainer(Sgd.of(0.1), 7);

    assertThat(any.step(new Tensor[] {x}, y)).isEqualTo(one.step(x, y));
    assertThat(any.evaluate(new Tensor[] {x}, y)).isEqualTo(one.evaluate(x, y));
    one.forward(x);
    any.forward(new Tensor[] {x});
    assertThat(any.output()).isEqualTo(one.output());
    one.loss(y);
    any.loss(y);
    one.backward();
    any.backward();
    assertThat(any.inputGradient("input")).isEqualTo(one.inputGradient());
  }

  @Test
  void messagesGiveTheNumberAndNamesOfInputs() {
    Tensor x = Tensor.of(X, 7, 5);
    Trainer trainer = new Nets_ClassesNetwork(3).trainer(Sgd.of(0.1), 7);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.forward(x, x))
        .withMessage(
            "2 tensors are passed as inputs, expected 1: the network has one input, pass its rows in one tensor");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.forward())
        .withMessageStartingWith("0 tensors are passed as inputs, expected 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.step(new Tensor[] {x, x}, Tensor.of(LABELS)))
        .withMessageStartingWith("2 tensors are passed as inputs, expected 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.inputGradient("pixels"))
        .withMessage(
            "no input is named \"pixels\", expected \"input\": the network has one input, pass this name or none");
    assertThatIllegalStateException().isThrownBy(() -> trainer.inputGradient("input"));
  }

  @Test
  void closesAnyNumberOfTimes() {
    Nets_ClassesNetwork.Trainer trainer = new Nets_ClassesNetwork(3).trainer(Sgd.of(0.1), 7);
    trainer.close();
    trainer.close();
  }
}
