/** How the graph is computed: kernels in order, buffers, parameters. The data of a plan alone; {@code planner} makes it. */
package dev.gradpoet.processor.plan;
