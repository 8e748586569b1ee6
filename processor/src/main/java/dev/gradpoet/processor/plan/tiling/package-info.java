/** How products are divided: the order of each sum, the same in every kernel family, and the tiles of each family. */
package dev.gradpoet.processor.plan.tiling;
