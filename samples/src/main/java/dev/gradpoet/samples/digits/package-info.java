/**
 * Two classifiers of handwritten digits, trained in seconds on real data. Start with {@link dev.gradpoet.samples.digits.Digits}; {@link
 * dev.gradpoet.samples.digits.DigitImages} reads the same digits with convolutions.
 */
package dev.gradpoet.samples.digits;
