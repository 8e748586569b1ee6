package dev.gradpoet.runtime.support.training;

import dev.gradpoet.runtime.support.Check;

/** Which of a trainer's moves have been made, and so which may follow. Not thread-safe: it belongs to one trainer. */
public final class TrainingState {

  private final int capacity;

  /** The rows of the last forward, 0 before it. */
  private int rows;

  /** Whether the parameters are still those of the last forward. */
  private boolean current;

  /** Whether layers were frozen or unfrozen since the last forward. */
  private boolean refrozen;

  /** Whether the gradient of a loss of the last forward waits for backward. */
  private boolean lossTaken;

  /** Whether the losses are those of the last forward. */
  private boolean lossKept;

  /** Whether the gradients of the rows are those of the last forward. */
  private boolean differentiated;

  /** Whether the gradients of the parameters were used up by a step. */
  private boolean stepped;

  /** Whether a call has failed since the last backward: what is missing was lost by it. */
  private boolean failed;

  /** Whether the gradients of the parameters are numbers: not what PyTorch calls None. */
  private boolean present;

  /**
   * The state before the first move.
   *
   * @throws IllegalArgumentException if the capacity is below 1
   */
  public TrainingState(int capacity) {
    this.capacity = Check.capacity(capacity);
  }

  /** The most rows of a batch. */
  public int capacity() {
    return capacity;
  }

  /**
   * Checks that a batch fits, before anything is written.
   *
   * @throws IllegalArgumentException if it has more rows than the capacity
   */
  public void checkBatch(int n) {
    if (n > capacity) {
      throw new IllegalArgumentException(
          "the batch has " + n + " rows, the trainer was made for at most " + capacity
              + ": split the batch, or make the trainer with a larger capacity");
    }
  }

  /** Notes a forward of {@code n} rows. */
  public void forward(int n) {
    rows = n;
    current = true;
    refrozen = false;
    lossTaken = false;
    lossKept = false;
    differentiated = false;
  }

  /**
   * The rows of the last forward.
   *
   * @param move the move that needs them
   * @throws IllegalStateException before the first forward
   */
  public int rows(String move) {
    if (rows == 0) {
      throw new IllegalStateException(move
          + (failed
              ? " after a failed call: call forward(x) again"
              : " before the first forward: call forward(x) first"));
    }
    return rows;
  }

  /** Notes that a loss is about to write its gradient over that of the outputs: until it has, there is none, and the rows' are stale. */
  public void takingLoss() {
    lossTaken = false;
    lossKept = false;
    differentiated = false;
  }

  /** Notes that the gradient of a loss is ready. */
  public void lossTaken() {
    lossTaken = true;
    lossKept = true;
  }

  /**
   * Checks that there are losses of the last forward.
   *
   * @return the rows
   * @throws IllegalStateException if there are none
   */
  public int losses() {
    int n = rows("losses");
    if (!lossKept) {
      throw new IllegalStateException(
          "losses before a loss of the last forward: call loss(y) after forward(x)");
    }
    return n;
  }

  /**
   * Checks that the loss of the last forward can be differentiated.
   *
   * @return the rows
   * @throws IllegalStateException if there is none, it was differentiated already, or the parameters have changed
   */
  public int backwardOfLoss() {
    int n = backwardOfOutput();
    if (!lossTaken) {
      throw new IllegalStateException(
          "backward() without a loss to differentiate: call loss(y) after forward(x), once for each backward()");
    }
    return n;
  }

  /**
   * Checks that the outputs of the last forward can be differentiated.
   *
   * @return the rows
   * @throws IllegalStateException if there are none or the parameters have changed
   */
  public int backwardOfOutput() {
    int n = rows("backward");
    if (refrozen) {
      throw new IllegalStateException(
          "backward after freeze or unfreeze, which change what backward computes: call forward(x) again");
    }
    if (!current) {
      throw new IllegalStateException(
          "backward after update or step: the parameters are no longer those of the forward; call forward(x) again");
    }
    return n;
  }

  /**
   * Notes the beginning of a backward.
   *
   * @return whether the gradients must be set to zero first, because a step used them up
   */
  public boolean backward() {
    boolean fresh = stepped;
    lossTaken = false;
    differentiated = true;
    stepped = false;
    failed = false;
    present = true;
    return fresh;
  }

  /**
   * Checks that there are gradients to read or to use.
   *
   * @param move the move that needs them
   * @throws IllegalStateException after a step, until the next backward
   */
  public void gradients(String move) {
    if (stepped) {
      throw new IllegalStateException(move
          + (failed
              ? " after a failed call: the gradients are incomplete"
              : " after step: step uses the gradients up")
          + "; call forward, loss and backward to have them");
    }
  }

  /**
   * Notes that the gradients of the parameters were set to zero.
   *
   * @param setToNone whether they are then what PyTorch calls None, with which an update changes nothing
   */
  public void zeroGrad(boolean setToNone) {
    stepped = false;
    present = !setToNone;
  }

  /** Whether the gradients of the parameters are numbers, which a backward has added to or which were set to zero without becoming None. */
  public boolean hasGradients() {
    return present;
  }

  /**
   * Checks that the gradient of the input can be computed.
   *
   * @return the rows
   * @throws IllegalStateException without a backward since the last forward and loss, or after update or step
   */
  public int inputGradient() {
    int n = rows("inputGradient");
    if (!differentiated || !current) {
      throw new IllegalStateException(
          refrozen
              ? "inputGradient after freeze or unfreeze: call forward(x) and backward again"
              : "inputGradient without a backward since the last forward and loss, or after update or step: call it right after backward");
    }
    return n;
  }

  /** Notes that layers were frozen or unfrozen. */
  public void refreeze() {
    refrozen = true;
    differentiated = false;
  }

  /** Notes that the parameters have changed. */
  public void update() {
    current = false;
  }

  /** Notes that a call has failed in the middle: the rows, their gradients and those of the parameters are incomplete. */
  public void fail() {
    failed = true;
    rows = 0;
    current = false;
    takingLoss();
    stepped = true;
    present = false;
  }

  /** Notes that a step has used the gradients up. */
  public void step() {
    current = false;
    stepped = true;
    present = false;
  }
}
