package dev.gradpoet.processor.emit;

/** Whether {@code javax.annotation.processing.Generated} can be read where the generated class will live. */
public enum GeneratedMarker {
  PRESENT,
  ABSENT
}
