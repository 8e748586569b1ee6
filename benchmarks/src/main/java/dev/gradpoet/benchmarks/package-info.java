/** Benchmarks: the time that networks take, compared with rivals and with the limit of the machine. Run manually. */
package dev.gradpoet.benchmarks;
