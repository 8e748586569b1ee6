/**
 * What the trainers of generated networks have in common.
 *
 * <p>Public because generated classes live in their users' packages. It may change with any release, together with the processor: call it
 * from generated code only.
 */
package dev.gradpoet.runtime.support.training;
