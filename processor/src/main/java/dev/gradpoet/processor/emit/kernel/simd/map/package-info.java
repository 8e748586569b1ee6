/** Products and poolings of the windows of maps with the Vector API. */
package dev.gradpoet.processor.emit.kernel.simd.map;
