package dev.gradpoet.benchmarks;

/** The startup cost of any program. */
public final class HelloWorld {

  private HelloWorld() {}

  /** Prints a line. */
  public static void main(String[] args) {
    System.out.println("hello");
  }
}
