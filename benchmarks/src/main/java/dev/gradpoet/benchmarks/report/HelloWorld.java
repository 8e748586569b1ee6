package dev.gradpoet.benchmarks.report;

/** What any program pays to start. */
final class HelloWorld {

  private HelloWorld() {}

  public static void main(String[] args) {
    System.out.println("hello");
  }
}
