/** Benchmarks of other systems on the same work. */
package dev.gradpoet.benchmarks.rivals;
