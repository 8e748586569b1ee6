package dev.gradpoet.processor.twin;

import com.sun.management.ThreadMXBean;
import dev.gradpoet.processor.testing.SourceCompiler;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Trains and asks random networks one after the other in one virtual machine, until they allocate nothing, then all of them once more, and prints a line
 * for each that still allocates. Run by {@link AllocationTest}.
 */
final class AllocationProgram {

  /** Of each move: more than C2 waits for, after which vectors are objects no longer or for ever. */
  private static final int MOST_ROUNDS = 300;

  private static final int MOVES_PER_ROUND = 100;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long THREAD = Thread.currentThread().getId();

  private AllocationProgram() {}

  /** Arguments: the seed of the networks, and how many. */
  public static void main(String[] args) throws ReflectiveOperationException {
    List<Net> nets = RandomNets.of(Integer.parseInt(args[1]), Long.parseLong(args[0]));
    Map<String, String> sources = new LinkedHashMap<>();
    for (Net net : nets) {
      sources.put(net.qualifiedName(), net.source());
      sources.put(Workload.qualifiedName(net), Workload.source(net));
    }
    ClassLoader loader = SourceCompiler.process(sources);
    List<IntConsumer> workloads = new ArrayList<>();
    for (Net net : nets) {
      Class<?> workload = loader.loadClass(Workload.qualifiedName(net));
      workloads.add((IntConsumer) workload.getConstructor().newInstance());
      warm(workloads.get(workloads.size() - 1));
    }
    for (int i = 0; i < nets.size(); i++) {
      long[] bytes = warm(workloads.get(i));
      for (Workload.Move move : Workload.Move.values()) {
        if (bytes[move.ordinal()] > 0) {
          System.out.println(
              "allocates " + bytes[move.ordinal()] + " bytes in " + move + ": " + nets.get(i));
        }
      }
    }
    System.out.println("networks " + nets.size());
  }

  /** What a move of each kind allocates, once two rounds have allocated nothing or there have been many. */
  private static long[] warm(IntConsumer workload) {
    long[] bytes = new long[Workload.Move.values().length];
    int quiet = 0;
    for (int round = 0; round < MOST_ROUNDS && quiet < 2; round++) {
      quiet++;
      for (int move = 0; move < bytes.length; move++) {
        long before = THREADS.getThreadAllocatedBytes(THREAD);
        for (int i = 0; i < MOVES_PER_ROUND; i++) {
          workload.accept(move);
        }
        bytes[move] = (THREADS.getThreadAllocatedBytes(THREAD) - before) / MOVES_PER_ROUND;
        quiet = bytes[move] > 0 ? 0 : quiet;
      }
    }
    return bytes;
  }
}
