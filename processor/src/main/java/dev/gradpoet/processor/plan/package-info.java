/** How the graph is computed: kernels in order, buffers and their lifetimes, layouts, orders of summation. Pure functions, independent of javac. */
package dev.gradpoet.processor.plan;
