package dev.gradpoet.processor.emit.kernel.family;

import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.kernel.LayerKernels;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;

/**
 * One way to write what the kernels of layers are made of. Every family is a nested class with the same methods, which compute the same bits,
 * because the plan fixes the order of every sum; families differ in what they tile and unroll.
 */
public interface KernelFamily {

  /** The simple name of the nested class. */
  String className();

  /** Whether its products read {@link Primitives#ZEROS}; the kernels of layers may read it besides. */
  boolean readsZeros(Primitives primitives);

  /** Whether the product of a single row needs scratch for a chain. */
  boolean needsScratchOfRow(ForwardKernel.Linear kernel);

  /**
   * The nested class.
   *
   * @param layers the kernels of layers, which all families have in common
   * @param kernels the methods that the family has in its own way
   */
  TypeSpec kernels(
      Plan plan, Signatures signatures, LayerKernels layers, List<FamilyKernel> kernels);
}
