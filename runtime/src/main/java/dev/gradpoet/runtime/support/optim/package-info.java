/**
 * Optimizers at work on the parameters of generated networks, and what they remember.
 *
 * <p>Public because generated classes live in their users' packages. It may change with any release, together with the processor: call it
 * from generated code only.
 */
package dev.gradpoet.runtime.support.optim;
