package dev.gradpoet.processor.read;

/** The declaration is no correct Java. javac says so itself, better than we could. */
final class MalformedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  MalformedException(String message) {
    super(message);
  }
}
