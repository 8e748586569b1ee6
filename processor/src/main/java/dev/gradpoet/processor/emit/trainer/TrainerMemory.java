package dev.gradpoet.processor.emit.trainer;

import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.loss.LossTargets;
import dev.gradpoet.processor.emit.network.StorageSizes;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.PlainTiling;

/** How many bytes a trainer takes, without the parameters and the state of its optimizer. */
final class TrainerMemory {

  private final Scalar scalar;
  private final KernelChoice choice;
  private final StorageSizes sizes;
  private final BackwardEmitter backward;
  private final LossTargets targets;
  private final int tile;

  /**
   * The memory of a trainer.
   *
   * @param tile the rows that {@code evaluate} computes at once
   */
  TrainerMemory(Plan plan, Signatures signatures, LossTargets targets, int tile) {
    this.scalar = signatures.scalar();
    this.choice = signatures.choice();
    this.sizes = new StorageSizes(plan, scalar, choice);
    this.backward = new BackwardEmitter(plan, signatures);
    this.targets = targets;
    this.tile = tile;
  }

  /** What a row of the capacity takes: values, gradients, scratch, and what the loss keeps. */
  long rowBytes() {
    return sizes.rowBytes() + scratchOfRow() + targets.valuesOfRow() * scalar.bytes();
  }

  /** What a row of the capacity takes in the scratch of vector kernels. */
  long scratchOfRow() {
    return choice.hasTwoFamilies() && backward.needsScratch()
        ? (long) backward.packed() * scalar.bytes()
        : 0;
  }

  /** What does not depend on the number of rows, with vector kernels or plain ones. */
  long fixedBytes(boolean vectors) {
    return sizes.fixedBytes(vectors) + scratch(vectors) + evaluationBytes();
  }

  /** What each of several threads takes besides, but for what depends on the number of rows and for what it evaluates. */
  long bytesOfThread(boolean vectors) {
    return sizes.scratchBytes(vectors) + scratch(vectors);
  }

  /** The rows that {@code evaluate} computes at once. */
  long evaluationBytes() {
    return targets.all().isEmpty()
        ? 0
        : sizes.tileBytes(tile) + (long) tile * targets.valuesOfRow() * scalar.bytes();
  }

  private long scratch(boolean vectors) {
    return backward.needsScratch() && !vectors
        ? (long) PlainTiling.ROWS * backward.widestParameterRow() * scalar.bytes()
        : 0;
  }
}
