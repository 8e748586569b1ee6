/** A fixed team of threads that compute the parts of one call. */
package dev.gradpoet.runtime.support.parallel;
