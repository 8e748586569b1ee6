package dev.gradpoet.processor.read;

/** Thrown if the declaration is not valid Java. javac reports the error itself, in more detail than we could. */
final class MalformedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  MalformedException(String message) {
    super(message);
  }
}
