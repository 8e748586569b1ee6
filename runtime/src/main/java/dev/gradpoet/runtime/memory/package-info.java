/**
 * Arrays, below everything else in the runtime: how long they may be, and rows of values in them.
 *
 * <p>Public because generated classes live in their users' packages. It may change with any release, together with the processor: call it
 * from generated code only.
 */
package dev.gradpoet.runtime.memory;
