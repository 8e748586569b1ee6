package dev.gradpoet.processor.emit;

import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.plan.Plan;

/**
 * A way of writing the kernels of a plan. Every family writes a nested class with the same static methods, which compute the same bits,
 * because the plan fixes the order of every sum; families differ in what they tile and unroll.
 */
interface KernelFamily {

  /** The simple name of the nested class. */
  String className();

  /** The nested class: a method for each kernel of the plan, with the signatures given. */
  TypeSpec kernels(Plan plan, Signatures signatures);
}
