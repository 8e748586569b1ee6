package dev.gradpoet.training.csv;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cells of a CSV file in UTF-8, one after the other in one buffer: RFC 4180, with any of the line ends LF, CR LF and CR, without allocating a string
 * for each cell. Lines without a character are skipped.
 */
public final class CsvCells {

  /** What a cell ends with. */
  public enum End {
    CELL,
    LINE,
    FILE
  }

  private static final int NONE = -1;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream in;
  private final int separator;
  private final int quote;
  private final byte[] bytes = new byte[1 << 16];
  private int next;
  private int limit;
  private long line = 1;
  private long firstLine = 1;
  private byte[] cell = new byte[64];
  private int length;
  private boolean quoted;

  /**
   * The cells of a stream.
   *
   * @param separator between cells
   * @param quote around cells that contain separators, quotes (doubled) or line ends
   * @throws IOException if the stream cannot be read
   */
  public CsvCells(InputStream in, char separator, char quote) throws IOException {
    this.in = in;
    this.separator = separator;
    this.quote = quote;
    fill();
    if (limit >= BYTE_ORDER_MARK.length
        && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3)) {
      next = BYTE_ORDER_MARK.length;
    }
  }

  /** Skips whole lines, without regard to quotes. */
  public void skipLines(int lines) throws IOException {
    for (int i = 0; i < lines; i++) {
      int c = read();
      while (c != NONE && c != '\n' && c != '\r') {
        c = read();
      }
      endLine(c);
    }
  }

  /** Skips empty lines; whether there is another line after them. */
  public boolean startLine() throws IOException {
    int c = peek();
    while (c == '\n' || c == '\r') {
      endLine(read());
      c = peek();
    }
    firstLine = line;
    return c != NONE;
  }

  /** The number of the line, from 1, in which the current row begins. */
  public long line() {
    return firstLine;
  }

  /**
   * Reads the next cell of the line.
   *
   * @return what it ends with; {@code LINE} also at the end of the file
   * @throws IOException if the file ends within quotes, or a quoted cell continues after them
   */
  public End nextCell() throws IOException {
    length = 0;
    int c = read();
    quoted = c == quote;
    if (quoted) {
      c = readQuoted();
    }
    while (c != NONE && c != separator && c != '\n' && c != '\r') {
      if (quoted) {
        throw new IOException("line " + line + " has characters after the closing quote of \""
            + text() + "\", expected the separator " + (char) separator
            + ": double a quote within quotes");
      }
      append(c);
      c = read();
    }
    if (c == separator) {
      return End.CELL;
    }
    endLine(c);
    return End.LINE;
  }

  private int readQuoted() throws IOException {
    while (true) {
      int c = read();
      if (c == NONE) {
        throw new EOFException("the quote that opens in line " + firstLine + " is not closed");
      }
      if (c == quote) {
        c = read();
        if (c != quote) {
          return c;
        }
      }
      if (c == '\n') {
        line++;
      }
      append(c);
    }
  }

  /** All cells of the next line as strings; empty at the end of the file. */
  public List<String> nextLine() throws IOException {
    List<String> cells = new ArrayList<>();
    if (startLine()) {
      End end = End.CELL;
      while (end == End.CELL) {
        end = nextCell();
        cells.add(text());
      }
    }
    return cells;
  }

  /** The bytes of the current cell, of which {@link #length} count. */
  public byte[] bytes() {
    return cell;
  }

  /** The number of bytes of the current cell. */
  public int length() {
    return length;
  }

  /** The current cell, without spaces around it unless it is quoted. */
  public String text() {
    String text = new String(cell, 0, length, StandardCharsets.UTF_8);
    return quoted ? text : text.strip();
  }

  private void endLine(int c) throws IOException {
    if (c == '\r' && peek() == '\n') {
      next++;
    }
    line++;
  }

  private void append(int c) {
    if (length == cell.length) {
      cell = Arrays.copyOf(cell, 2 * length);
    }
    cell[length++] = (byte) c;
  }

  private int read() throws IOException {
    return next < limit || fill() ? bytes[next++] & 0xff : NONE;
  }

  private int peek() throws IOException {
    return next < limit || fill() ? bytes[next] & 0xff : NONE;
  }

  private boolean fill() throws IOException {
    next = 0;
    limit = Math.max(0, in.readNBytes(bytes, 0, bytes.length));
    return limit > 0;
  }
}
