package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Plan;
import java.util.Optional;

/**
 * A way of writing what the kernels of layers are made of. Every family writes a nested class with the same methods, which compute the same
 * bits, because the plan fixes the order of every sum; families differ in what they tile and unroll.
 */
public interface KernelFamily {

  /** The simple name of the nested class. */
  String className();

  /**
   * The nested class: the primitives that the kernels of layers ask for, the kernels that serve any layer, and the way of a single row.
   *
   * @param layers the kernels of layers
   */
  TypeSpec kernels(Plan plan, Signatures signatures, LayerKernels layers);

  /** Any kernel of a kind of the backward pass: one method serves all of them. */
  static <K extends BackwardKernel> Optional<K> any(Plan plan, Class<K> kind) {
    return Kernel.ofKind(plan.backwardKernels(), kind).findFirst();
  }
}
