/** The ruler: what networks cost, beside their rivals and beside the limit of the machine. Run by hand. */
package dev.gradpoet.benchmarks;
