package dev.gradpoet.runtime.support.parallel;

/** Computes the parts of what a team has to compute. */
public interface Task {

  /** Computes a part; part 0 in the thread of the caller. */
  void run(int part);
}
