/** A batch whose rows several threads compute. */
package dev.gradpoet.runtime.support.batch;
