/**
 * The annotations that declare a network: {@link dev.gradpoet.Network} on an interface, and one annotated method per input or layer.
 *
 * <p>Names are those of PyTorch, in upper case if they are constants.
 */
package dev.gradpoet;
