package dev.gradpoet.benchmarks.report;

/** The startup cost of any program. */
final class HelloWorld {

  private HelloWorld() {}

  public static void main(String[] args) {
    System.out.println("hello");
  }
}
