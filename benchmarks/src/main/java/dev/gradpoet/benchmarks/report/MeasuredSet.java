package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The sets of measurements. */
public enum MeasuredSet {
  /** Three networks, one fork: takes a few minutes and shows large changes. */
  QUICK(1),
  /** What the README shows. */
  FULL(2),
  /** Stacks that are not in the README: small ones, and hidden layers whose width increases by one. */
  STACKS(2);

  /** The networks whose code is measured, one of each kind. */
  private static final Set<Shape> OF_CODE = EnumSet.of(
      Shape.N4_16_3,
      Shape.N64_32_10,
      Shape.N784_512_512_10,
      Shape.N4096_4096_4096_10,
      Shape.LENET_5,
      Shape.DS_CNN);

  private final int forks;

  MeasuredSet(int forks) {
    this.forks = forks;
  }

  /** The set of a name, upper or lower case. */
  static MeasuredSet of(String name) {
    for (MeasuredSet set : values()) {
      if (set.name().equalsIgnoreCase(name)) {
        return set;
      }
    }
    throw new IllegalArgumentException(
        "the set is \"" + name
            + "\", expected one of quick, full, stacks, or print for the results of the last run: -Dset=full");
  }

  /** The number of JVMs for each figure of a task. */
  int forks(Task task) {
    return task.isLarge() ? 1 : forks;
  }

  /** The tasks, those on two threads last. */
  List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    switch (this) {
      case QUICK -> {
        for (Kind kind : Kind.values()) {
          add(tasks, kind, Shape.N4_16_3, Shape.N64_32_10, Shape.N784_128_10);
        }
      }
      case FULL -> full(tasks);
      case STACKS -> {
        add(
            tasks,
            Kind.ONE_ROW,
            Shape.N8_8_2,
            Shape.N16_16_4,
            Shape.N32_32_8,
            Shape.N64_64_16,
            Shape.N11_64_32_16_1);
        add(tasks, Kind.ROWS_64, Shape.N11_64_32_16_1);
        add(tasks, Kind.STEP, Shape.N11_64_32_16_1);
        add(tasks, Kind.STEP, widths());
      }
    }
    return tasks;
  }

  private static void full(List<Task> tasks) {
    Shape[] trained = {
      Shape.N4_16_3,
      Shape.N64_32_10,
      Shape.N784_128_10,
      Shape.N784_512_512_10,
      Shape.N1024_1024_1024_10,
      Shape.LENET_5,
      Shape.MNIST_8_16_10,
      Shape.DS_CNN
    };
    add(tasks, Kind.ONE_ROW, trained);
    add(tasks, Kind.ONE_ROW, models());
    add(tasks, Kind.ROWS_64, trained);
    add(tasks, Kind.STEP, trained);
    add(tasks, Kind.STEP, Shape.N10_45_45_10, Shape.N4096_4096_4096_10);
    List.of(
            new Task(Kind.ROWS_64, Shape.N784_512_512_10, 2),
            new Task(Kind.STEP, Shape.N10_45_45_10, 2),
            new Task(Kind.STEP, Shape.N784_512_512_10, 2),
            new Task(Kind.STEP, Shape.N1024_1024_1024_10, 2),
            new Task(Kind.STEP, Shape.N4096_4096_4096_10, 2),
            new Task(Kind.STEP, Shape.LENET_5, 2))
        .forEach(tasks::add);
  }

  private static void add(List<Task> tasks, Kind kind, Shape... shapes) {
    for (Shape shape : shapes) {
      tasks.add(new Task(kind, shape, 1));
    }
  }

  /** The networks with weights that others trained. */
  private static Shape[] models() {
    return Arrays.stream(Shape.values())
        .filter(shape -> shape.model().isPresent())
        .toArray(Shape[]::new);
  }

  /** 10-w-w-10. */
  private static Shape[] widths() {
    return Arrays.stream(Shape.values())
        .filter(shape -> shape.widths().size() == 4 && shape.widths().get(0) == 10)
        .toArray(Shape[]::new);
  }

  /** The networks whose code is measured. */
  Set<Shape> code() {
    Set<Shape> shapes = EnumSet.copyOf(tasks().stream().map(Task::shape).toList());
    shapes.retainAll(OF_CODE);
    return shapes;
  }
}
