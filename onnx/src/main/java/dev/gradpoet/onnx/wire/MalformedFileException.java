package dev.gradpoet.onnx.wire;

import java.io.IOException;

/** A file that is not what its format says: the message names the file, the byte, what is there and what was expected. */
public final class MalformedFileException extends IOException {

  private static final long serialVersionUID = 1;

  /** An error at a byte of a file. */
  public MalformedFileException(String file, long offset, String problem) {
    super(file + ": byte " + offset + ": " + problem);
  }

  /** An error of a whole file. */
  public MalformedFileException(String file, String problem) {
    super(file + ": " + problem);
  }
}
