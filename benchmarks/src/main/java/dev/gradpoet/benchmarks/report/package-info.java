/** Runs the benchmarks and writes the results. */
package dev.gradpoet.benchmarks.report;
