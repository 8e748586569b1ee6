/**
 * How a network is declared: {@link dev.gradpoet.Network} on an interface, and one annotated method a layer.
 *
 * <p>Names are PyTorch's, in upper case where they are constants.
 */
package dev.gradpoet;
