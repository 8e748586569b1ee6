/** A classifier of handwritten digits, trained in a second on real data. Start with {@link dev.gradpoet.samples.digits.Digits}. */
package dev.gradpoet.samples.digits;
