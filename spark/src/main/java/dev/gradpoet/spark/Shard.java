package dev.gradpoet.spark;

import java.io.Serializable;

/**
 * Rows of one shard, some or all.
 *
 * @param number of the shard
 * @param first the index of the first row within the shard
 * @param rows how many there are
 * @param features of the rows, and room for more
 * @param labels of the rows, and room for more
 */
record Shard(int number, int first, int rows, Features features, double[] labels)
    implements Serializable {}
