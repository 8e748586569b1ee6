/** What others need for the same work. */
package dev.gradpoet.benchmarks.rivals;
