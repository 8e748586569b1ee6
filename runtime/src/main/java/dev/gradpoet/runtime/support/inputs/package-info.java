/**
 * What networks with other inputs than one dense one call: several inputs, or class indices.
 *
 * <p>Public because generated classes live in their users' packages. It may change with any release, together with the processor: call it
 * from generated code only.
 */
package dev.gradpoet.runtime.support.inputs;
