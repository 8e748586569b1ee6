package dev.gradpoet.spark;

import java.io.Serializable;

/**
 * Some epochs of a training run, which one barrier stage computes.
 *
 * @param job the run
 * @param first the first epoch, from 0
 * @param end the epoch after the last
 * @param token which the connections of its tasks begin with
 */
record Segment(TrainingJob job, int first, int end, byte[] token) implements Serializable {}
