/** What can be wrong with a declaration, and where it is said. */
package dev.gradpoet.processor.diagnostic;
