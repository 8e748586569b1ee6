package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only a state as written by a trainer can be loaded: all of it, or nothing. */
class LoadStateTest {

  private static final double[] X = Data.doubles(3, 9 * 6);
  private static final double[] Y = Data.doubles(4, 9 * 3);

  private static final List<Optimizer> OPTIMIZERS = List.of(
      Sgd.of(0.05).momentum(0.9),
      Adam.of(0.01).amsgrad(true),
      RmsProp.of(0.01).centered(true),
      Adagrad.of(0.05));

  private static Nets_BranchesNetwork.Trainer trained(Optimizer optimizer) {
    Nets_BranchesNetwork.Trainer trainer = new Nets_BranchesNetwork(1).trainer(optimizer, 9);
    trainer.step(X, Y);
    trainer.step(X, Y);
    return trainer;
  }

  private static void refused(
      Nets_BranchesNetwork.Trainer trainer, String name, Tensor value, String text) {
    Map<String, Tensor> before = trainer.state();
    Map<String, Tensor> changed = new LinkedHashMap<>(before);
    changed.put(name, value);
    assertThatThrownBy(() -> trainer.loadState(changed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
    assertThat(trainer.state()).isEqualTo(before);
  }

  private static Tensor scalar(long value) {
    return Tensor.of(new long[] {value}, new int[0]);
  }

  private static Tensor scalar(double value) {
    return Tensor.of(new double[] {value}, new int[0]);
  }

  @Test
  void statesThatNoTrainerWrites() {
    for (Optimizer optimizer : OPTIMIZERS) {
      Nets_BranchesNetwork.Trainer trainer = trained(optimizer);
      for (long step : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1}) {
        refused(
            trainer, "step", scalar(step), "step is " + step + ", expected 0 to 9007199254740992");
      }
      for (double rate : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
        refused(trainer, "learning_rate", scalar(rate), "the learning rate is " + rate);
      }
      refused(
          trainer, "step", scalar(2.0), "step is FLOAT64 of shape [], expected INT64 of shape []");
      refused(
          trainer,
          "step",
          Tensor.of(2, 3),
          "step is INT64 of shape [2], expected INT64 of shape []");
      refused(trainer, "more", Tensor.of(2, 3), "it is that of another network or optimizer");
    }
  }

  @Test
  void negativeSquaresAreRejectedButNotTheNaNOfADivergedRun() {
    int squares = 0;
    for (Optimizer optimizer : OPTIMIZERS) {
      Nets_BranchesNetwork.Trainer trainer = trained(optimizer);
      Map<String, Tensor> state = trainer.state();
      for (String name : state.keySet()) {
        if (name.endsWith("sq") || name.endsWith("square_avg") || name.endsWith("sum")) {
          squares++;
          Tensor value = state.get(name).to(DType.FLOAT64);
          value.set(-1e-9, new int[value.shape().length]);
          refused(trainer, name, value, name + " holds -1.0E-9, expected a value of at least 0");
          value.set(Double.NaN, new int[value.shape().length]);
          Map<String, Tensor> diverged = new LinkedHashMap<>(state);
          diverged.put(name, value);
          trainer.loadState(diverged);
          assertThat(trainer.state()).isEqualTo(diverged);
        }
      }
    }
    assertThat(squares).isEqualTo(4 * 5);
  }

  @Test
  void nullsAreNamed() {
    Nets_BranchesNetwork.Trainer trainer = trained(OPTIMIZERS.get(1));
    Map<String, Tensor> before = trainer.state();
    assertThatThrownBy(() -> trainer.loadState(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("state");
    for (String name : before.keySet()) {
      Map<String, Tensor> changed = new LinkedHashMap<>(before);
      changed.put(name, null);
      assertThatThrownBy(() -> trainer.loadState(changed))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("state[" + name + "]");
      changed.remove(name);
      assertThatThrownBy(() -> trainer.loadState(changed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected [step, learning_rate, ");
      changed.put(null, before.get(name));
      assertThatThrownBy(() -> trainer.loadState(changed))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(trainer.state()).isEqualTo(before);
  }
}
