/** What the {@code Trainer} of a generated class extends. Its names may change without notice; call the interfaces of {@code dev.gradpoet.runtime}. */
package dev.gradpoet.runtime.support.trainer;
