/** How products are cut: the order of each sum, which every kernel family keeps, and the tiles of each family. */
package dev.gradpoet.processor.plan.tiling;
