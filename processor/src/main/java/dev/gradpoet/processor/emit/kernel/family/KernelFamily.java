package dev.gradpoet.processor.emit.kernel.family;

import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.layer.LayerKernels;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;

/**
 * An implementation of the primitives that the kernels of layers call. Every family is a nested class with the same methods, which compute the same
 * bits, because the plan fixes the order of every sum; families differ in tiling and unrolling.
 */
public interface KernelFamily {

  /** The simple name of the nested class. */
  String className();

  /** Whether its products read {@link Primitives#ZEROS}; the kernels of layers may read it too. */
  boolean readsZeros(Primitives primitives);

  /** Whether the product of a single row needs scratch for partial sums. */
  boolean needsRowScratch(LinearKernels.Linear kernel);

  /**
   * The nested class.
   *
   * @param layers the kernels of layers, which are the same in all families
   * @param kernels the methods that each family implements differently
   */
  TypeSpec kernels(
      Plan plan, Signatures signatures, LayerKernels layers, List<FamilyKernel> kernels);
}
