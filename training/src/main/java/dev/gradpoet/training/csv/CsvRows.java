package dev.gradpoet.training.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The rows of a CSV file, one after the other, as Apache Commons CSV reads them: RFC 4180, with any of the line ends LF, CR LF and CR. Spaces around cells
 * are left out, except within quotes, and so are lines without text.
 */
public final class CsvRows {

  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Charset charset;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final int skipped;
  private CSVRecord row;
  private long line;

  /**
   * The rows of a stream.
   *
   * @param separator between cells
   * @param quote around cells that contain separators, quotes (doubled) or line ends
   * @param skipped the number of lines to skip at the start, without regard to quotes
   * @throws IOException if the stream cannot be read
   */
  public CsvRows(InputStream in, Charset charset, char separator, char quote, int skipped)
      throws IOException {
    this.charset = charset;
    this.skipped = skipped;
    // not the decoder of a Charset, which replaces what it cannot decode
    BufferedReader text = new BufferedReader(new InputStreamReader(in, charset.newDecoder()));
    try {
      text.mark(1);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
      for (int i = 0; i < skipped; i++) {
        text.readLine();
      }
    } catch (CharacterCodingException e) {
      throw encoding(e);
    }
    // an empty line is a row here, so that each row begins where the one before has ended
    CSVFormat format = CSVFormat.RFC4180
        .builder()
        .setDelimiter(separator)
        .setQuote(quote)
        .setIgnoreSurroundingSpaces(true)
        .setIgnoreEmptyLines(false)
        .get();
    this.parser = CSVParser.builder().setReader(text).setFormat(format).get();
    this.records = parser.iterator();
  }

  /**
   * Reads the next row; false at the end of the file.
   *
   * @throws IOException if the file cannot be read, has another encoding, or a quote is not closed or is followed by more text
   */
  public boolean next() throws IOException {
    try {
      do {
        line = skipped + parser.getCurrentLineNumber() + 1;
        row = records.hasNext() ? records.next() : null;
      } while (row != null && row.size() == 1 && row.get(0).isEmpty());
      return row != null;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException wrong) {
        throw encoding(wrong);
      }
      if (e.getCause() instanceof CSVException) {
        throw new IOException(
            "the row that begins in line " + line
                + " has a quote that is not closed, or text after a closing quote: double a quote within quotes",
            e);
      }
      throw e.getCause();
    }
  }

  private IOException encoding(CharacterCodingException e) {
    return new IOException(
        "it is not encoded in " + charset + ": choose its encoding with charset(..)", e);
  }

  /** The number of the line, from 1, in which the row begins. */
  public long line() {
    return line;
  }

  /** The number of cells of the row. */
  public int size() {
    return row.size();
  }

  /** A cell of the row. */
  public String cell(int column) {
    return row.get(column);
  }

  /** All cells of the row. */
  public List<String> cells() {
    return List.of(row.values());
  }
}
