/** Makes the plan of a graph: its kernels, the lifetimes of buffers, layouts, orders of summation. Pure functions, independent of javac. */
package dev.gradpoet.processor.plan.planner;
