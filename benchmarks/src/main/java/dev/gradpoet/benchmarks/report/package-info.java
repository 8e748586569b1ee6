/** Runs what is measured, and writes it down. */
package dev.gradpoet.benchmarks.report;
