/** How the graph is computed: kernels in order, buffers and their life times, layouts, orders of summation. Pure functions; nothing of javac. */
package dev.gradpoet.processor.plan;
