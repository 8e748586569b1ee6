/**
 * What generated code calls: mathematical functions with fixed bits, sums in a fixed order, argument checks, parameter storage.
 *
 * <p>Public because generated classes live in their users' packages. It may change with any release, together with the processor: call it
 * from generated code only.
 */
package dev.gradpoet.runtime.support;
