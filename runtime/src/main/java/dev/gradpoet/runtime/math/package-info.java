/**
 * Numbers with fixed bits, below everything else in the runtime: mathematical functions, and sums in a fixed order.
 *
 * <p>Public because generated classes live in their users' packages. It may change with any release, together with the processor: call it
 * from generated code only.
 */
package dev.gradpoet.runtime.math;
