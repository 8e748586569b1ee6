/** The problems that a declaration can have, and where they are reported. */
package dev.gradpoet.processor.diagnostic;
