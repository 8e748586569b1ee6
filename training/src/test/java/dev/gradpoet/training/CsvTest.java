package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  private static final String PASSENGERS = """
      name,age,port,"fare, in pounds",deck,survived
      "Allen, Miss",29,S,211.3375,B,yes
      "O""Connor",2,Q,7.75,,no

      Brown,"44",S,2.75e1,A,yes
      """;

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void file() {
    file = directory.resolve("data.csv");
  }

  private Csv csv(String text) throws IOException {
    Files.writeString(file, text);
    return Csv.of(file);
  }

  private void assertMessage(String text, UnaryOperator<Csv> options, String message)
      throws IOException {
    Csv csv = options.apply(csv(text));
    assertThatThrownBy(csv::read).isInstanceOf(IOException.class).hasMessage(file + ": " + message);
  }

  @Test
  void columnsAreReadByNameInTheOrderOfTheCall() throws IOException {
    Dataset data = csv(PASSENGERS)
        .features("fare, in pounds", "age")
        .oneHot("port")
        .classes("survived")
        .read();

    assertThat(data.featureNames(0)).containsExactly("fare, in pounds", "age", "port=Q", "port=S");
    assertThat(data.input(0)).isEqualTo(Tensor.of(new float[][] {
      {211.3375f, 29, 0, 1}, {7.75f, 2, 1, 0}, {27.5f, 44, 0, 1}
    }));
    assertThat(data.classes().names()).containsExactly("no", "yes");
    assertThat(data.target()).isEqualTo(Tensor.of(1, 0, 1));
  }

  @Test
  void columnsThatNothingNamesAreFeatures() throws IOException {
    Dataset data =
        csv("a,b,c\n1,2,3\n4,5,6\n").targets("b").dtype(DType.FLOAT64).read();

    assertThat(data.featureNames(0)).containsExactly("a", "c");
    assertThat(data.input(0)).isEqualTo(Tensor.of(new double[][] {{1, 3}, {4, 6}}));
    assertThat(data.target()).isEqualTo(Tensor.of(new double[][] {{2}, {5}}));
  }

  @Test
  void indicesAreAnInputOfTheirOwn() throws IOException {
    Dataset data = csv("city,x,kind,y\nRome,1,b,0\nOslo,2,a,1\nRome,3,a,0\n")
        .indices("city", "kind")
        .targets("y")
        .read();

    assertThat(data.inputNames()).containsExactly("input", "indices");
    assertThat(data.input(1)).isEqualTo(Tensor.of(new int[][] {{1, 1}, {0, 0}, {1, 0}}));
    assertThat(data.vocabulary(1, 0).names()).containsExactly("Oslo", "Rome");
  }

  @Test
  void withoutAHeaderColumnsHaveNumbers() throws IOException {
    Dataset data =
        csv("a comment\n1,2,x\n3,4,y\n").skipLines(1).header(false).classes("2").read();

    assertThat(data.input(0)).isEqualTo(Tensor.of(new float[][] {{1, 2}, {3, 4}}));
    assertThat(data.target()).isEqualTo(Tensor.of(0, 1));
  }

  @Test
  void columnsOfAFileWithoutAHeaderCanBeNamed() throws IOException {
    Dataset data = csv("1,2,x\n3,4,y\n").header("a", "b", "c").classes("c").read();

    assertThat(data.featureNames(0)).containsExactly("a", "b");
    assertMessage(
        "1,2\n",
        csv -> csv.header("a").classes("a"),
        "it has 2 columns, expected 1, one for each name: [a]");
  }

  @Test
  void integerClassesAreSortedByValue() throws IOException {
    Dataset data = csv("x,y\n1,10\n2,9\n3,2\n").classes("y").read();

    assertThat(data.classes().names()).containsExactly("2", "9", "10");
    assertThat(data.target()).isEqualTo(Tensor.of(2, 1, 0));
  }

  @Test
  void aVocabularyKeepsTheIndicesOfAnotherFile() throws IOException {
    Vocabulary classes = Vocabulary.of("yes", "no", "unknown");

    Dataset data =
        csv("x,y\n1,no\n2,yes\n").classes("y").vocabulary("y", classes).read();

    assertThat(data.classes()).isEqualTo(classes);
    assertThat(data.target()).isEqualTo(Tensor.of(1, 0));
    assertMessage(
        "x,y\n1,no\n2,perhaps\n",
        csv -> csv.classes("y").vocabulary("y", classes),
        "line 3, column \"y\" has \"perhaps\", expected one of [yes, no, unknown]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void allLineEndsAreRead(String end) throws IOException {
    Dataset data = csv("\ufeffx,y" + end + end + "1,\"a" + end + "b\"" + end + "2,c" + end)
        .classes("y")
        .read();

    assertThat(data.featureNames(0)).containsExactly("x");
    assertThat(data.classes().names()).containsExactly("a" + end + "b", "c");
  }

  @Test
  void separatorDecimalPointAndQuoteCanBeChosen() throws IOException {
    Dataset data = csv("x;y\n1,5;'a;b'\n-2,25e-1;c")
        .separator(';')
        .decimalPoint(',')
        .quote('\'')
        .classes("y")
        .read();

    assertThat(data.input(0)).isEqualTo(Tensor.of(new float[][] {{1.5f}, {-0.225f}}));
    assertThat(data.classes().names()).containsExactly("a;b", "c");
  }

  @Test
  void compressedFilesAreRead() throws IOException {
    Path compressed = directory.resolve("data.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      out.write("x,y\n1,0\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(Csv.of(compressed).classes("y").read().size()).isEqualTo(1);
  }

  @Test
  void aMissingValueIsAnErrorThatNamesLineAndColumn() throws IOException {
    assertMessage(
        PASSENGERS,
        csv -> csv.features("age").oneHot("deck").classes("survived"),
        "line 3, column \"deck\" has no value (\"\"), expected a name: choose missing(Missing.skipRow())");
    assertMessage(
        "x,y\n1,2\nNA,3\n",
        csv -> csv.targets("y"),
        "line 3, column \"x\" has no value (\"NA\"), expected a number: choose missing(Missing.skipRow()) or missing(Missing.value(..))");
    assertMessage(
        "x,y\n1,2\n?,3\n",
        csv -> csv.targets("y"),
        "line 3, column \"x\" has \"?\", expected a finite number");
  }

  @Test
  void rowsWithMissingValuesCanBeLeftOut() throws IOException {
    Dataset data = csv("x,y,z\n1,a,1\n?,b,1\n3,?,1\n4,c,?\n5,a,2\n")
        .missingMarkers("?")
        .missing(Missing.skipRow())
        .ignore("z")
        .classes("y")
        .read();

    assertThat(data.input(0).toFloatArray()).containsExactly(1, 4, 5);
    assertThat(data.classes().names()).containsExactly("a", "c");
    assertThat(data.target()).isEqualTo(Tensor.of(0, 1, 0));
  }

  @Test
  void aNumberCanStandForMissingOnes() throws IOException {
    Dataset data = csv("x,y\n,1\n2,1\n").missing(Missing.value(-1)).targets("y").read();

    assertThat(data.input(0).toFloatArray()).containsExactly(-1, 2);
    assertMessage(
        "x,y\n1,\n",
        csv -> csv.missing(Missing.value(0)).classes("y"),
        "line 2, column \"y\" has no value (\"\"), expected a name: choose missing(Missing.skipRow())");
  }

  @Test
  void aNumberCanMarkAMissingValue() throws IOException {
    UnaryOperator<Csv> marked = csv -> csv.missingMarkers("-999", "?").targets("y");
    String text = "x,y\n1,2\n-999,3\n4,-999\n?,1\n5,-999.5\n";

    assertThat(
            marked.apply(csv(text)).missing(Missing.skipRow()).read().input(0).toFloatArray())
        .containsExactly(1, 5);
    Dataset replaced = marked.apply(csv(text)).missing(Missing.value(7)).read();
    assertThat(replaced.input(0).toFloatArray()).containsExactly(1, 7, 4, 7, 5);
    assertThat(replaced.target().toFloatArray()).containsExactly(2, 3, 7, 1, -999.5f);
    assertMessage(
        text,
        marked,
        "line 3, column \"x\" has no value (\"-999\"), expected a number: choose missing(Missing.skipRow()) or missing(Missing.value(..))");
    assertThat(csv("x;y\n-9,5;1\n-9.5;2\n3;1\n")
            .separator(';')
            .decimalPoint(',')
            .missingMarkers("-9,5", "-9.5")
            .missing(Missing.skipRow())
            .classes("y")
            .read()
            .input(0)
            .toFloatArray())
        .containsExactly(3);
  }

  @Test
  void severalColumnsOfANameAreUsedByNothing() throws IOException {
    String text = "x,,x,a,,y\n1,2,3,4,5,6\n";
    assertMessage(
        "x,a,x,y\n1,2,3,4\n",
        csv -> csv.targets("y"),
        "there are several columns \"x\", expected one: leave them out with ignore(\"x\"), or name the features");
    assertMessage(
        text,
        csv -> csv.features("a", "x").targets("y"),
        "there are several columns \"x\", expected one");

    assertThat(csv(text).ignore("x", "").targets("y").read().featureNames(0)).containsExactly("a");
    assertThat(csv(text).features("a").targets("y").read().featureNames(0)).containsExactly("a");
  }

  private static CsvReading reading(String text, boolean endless, int mostValues)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int rows = text.indexOf('\n') + 1;
    CsvOptions options = new CsvOptions("file", null);
    options.targets = List.of("y");
    options.oneHot = List.of("c");
    options.missing = Missing.skipRow();
    options.mostValues = mostValues;
    InputStream stream = new InputStream() {
      private int at;
      private int repeated;

      @Override
      public int read() {
        if (endless && at == bytes.length) {
          assertThat(++repeated).as("the reading goes on").isLessThan(10_000);
          at = rows;
        }
        return at == bytes.length ? -1 : bytes[at++];
      }
    };
    return new CsvReading(options, stream);
  }

  /** The limit of an array, 2^31 values, is lower here. */
  @Test
  void moreValuesThanAnArrayHoldsAreRefused() throws IOException {
    String rows = "x,c,y\n1,a,1\n2,b,2\n3,c,\n";

    assertThat(reading(rows, false, 6).read().inputShape(0)).containsExactly(3);
    assertThatThrownBy(reading(rows, false, 5)::read)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "it has 2 rows of 3 values, expected at most 5 values in all: split the file, or leave out columns");
    assertThatThrownBy(reading(rows, true, 2001)::read)
        .as("before the end of the file")
        .isInstanceOf(IOException.class)
        .hasMessage(
            "it has more than 1000 rows of 2 values, expected at most 2001 values in all: split the file, or leave out columns");
  }

  @Test
  void aCompressedFileThatIsCutOffIsRefused() throws IOException {
    Path compressed = directory.resolve("data.csv.gz");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write("x,y\n1,0\n".getBytes(StandardCharsets.UTF_8));
    }
    for (int length = 0; length < bytes.size(); length++) {
      Files.write(compressed, Arrays.copyOf(bytes.toByteArray(), length));
      assertThatThrownBy(Csv.of(compressed).classes("y")::read)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(compressed + ": its gzip data is damaged or incomplete: ");
    }
  }

  @Test
  void linesAreCountedAsAnEditorDoes() throws IOException {
    assertMessage(
        "\ufeffof\r\n2026\r\n\r\nx,y\r\n\r\n\"a\r\nb\",2\r\n?,3\r\n",
        csv -> csv.skipLines(2).oneHot("x").targets("y").missingMarkers("?"),
        "line 8, column \"x\" has no value (\"?\"), expected a name: choose missing(Missing.skipRow())");
    assertMessage(
        "x,y\n1,2\n3",
        csv -> csv.targets("y"),
        "line 3 has 1 cells, expected 2, one for each column");
  }

  @Test
  void otherEncodingsAreChosen() throws IOException {
    Files.write(file, "x,y\n1,S\u00e3o\n".getBytes(StandardCharsets.ISO_8859_1));
    Csv csv = Csv.of(file).classes("y");

    assertThatThrownBy(csv::read)
        .hasMessage(file + ": it is not encoded in UTF-8: choose its encoding with charset(..)");
    assertThat(csv.charset(StandardCharsets.ISO_8859_1).read().classes().names())
        .containsExactly("S\u00e3o");
  }

  @Test
  void aHugeCellIsReadAndCutInMessages() throws IOException {
    String huge = "\n".repeat(500_000) + "x".repeat(500_000);
    assertThat(csv("x,y\n1,\"" + huge + "\"\n").classes("y").read().classes().names())
        .containsExactly(huge);
    assertMessage(
        "x,y\n1,2\n" + huge.substring(500_000) + ",2\n",
        csv -> csv.targets("y"),
        "line 3, column \"x\" has \"" + "x".repeat(37)
            + "...\", expected a finite number: read categories with oneHot, indices or classes, leave out the column with ignore, or choose missingMarkers");
  }

  @Test
  void whatIsAlmostRightIsNamed() throws IOException {
    UnaryOperator<Csv> y = csv -> csv.classes("y");
    assertMessage(
        "age,Fare\n1,2\n",
        csv -> csv.classes("fare"),
        "there is no column \"fare\", expected one of [age, Fare]: did you mean \"Fare\"?");
    assertMessage(
        "x;y\n1;2\n", y, "there is no column \"y\", expected one of [x;y]: choose separator(';')");
    assertMessage(
        "x\ty\n1\t2\n",
        y,
        "there is no column \"y\", expected one of [x\\u0009y]: choose separator('\\t')");
    assertMessage(
        "x;y\n1,5;2\n",
        csv -> csv.separator(';').classes("y"),
        "line 2, column \"x\" has \"1,5\", expected a finite number: choose decimalPoint(',') for decimal commas");
    assertMessage(
        "x;y\n0,125;2\n",
        csv -> csv.separator(';').classes("y"),
        "line 2, column \"x\" has \"0,125\", expected a finite number: choose decimalPoint(',') for decimal commas");
    assertMessage(
        "x;y\n1,234;2\n",
        csv -> csv.separator(';').classes("y"),
        "line 2, column \"x\" has \"1,234\", expected a finite number: remove the commas if they separate thousands, or choose decimalPoint(',') if they are decimal commas");
    assertMessage(
        "x;y\n1,234,567.5;2\n",
        csv -> csv.separator(';').classes("y"),
        "line 2, column \"x\" has \"1,234,567.5\", expected a finite number: remove the commas, which separate thousands");
    assertMessage(
        "x,y\n-inf,2\n", y, "line 2, column \"x\" has \"-inf\", expected a finite number");
    assertMessage(
        ",x,y\n0,1,2\n",
        y,
        "column 1 has no name, like the index column that pandas writes: leave it out with ignore(\"\"), or name the features");
    assertMessage("", y, "it has no rows, expected at least one");
  }

  @Test
  void mistakesNameFileLineAndColumn() throws IOException {
    UnaryOperator<Csv> y = csv -> csv.classes("y");
    assertMessage("x,y\n1,2\n3,4,5\n", y, "line 3 has 3 cells, expected 2, one for each column");
    assertMessage("x,y\n1\n", y, "line 2 has 1 cells, expected 2, one for each column");
    assertMessage("x,z\n1,2\n", y, "there is no column \"y\", expected one of [x, z]");
    assertMessage("x,y,y\n1,2,3\n", y, "there are several columns \"y\", expected one");
    assertMessage(
        "x,y\n1e999,2\n", y, "line 2, column \"x\" has \"1e999\", expected a finite number");
    assertMessage(
        "x,y\n1e39,2\n",
        y,
        "line 2, column \"x\" has 1.0E39, expected a number within the range of FLOAT32");
    assertMessage("x,y\n1 2,2\n", y, "line 2, column \"x\" has \"1 2\", expected a finite number");
    assertMessage("x,y\n", y, "it has no rows, expected at least one");
    assertMessage(
        "x,y\n\"1\"2,2\n",
        y,
        "the row that begins in line 2 has a quote that is not closed, or text after a closing quote: double a quote within quotes");
    assertMessage(
        "x,y\n\n1,\"2\n3\n4,5",
        y,
        "the row that begins in line 3 has a quote that is not closed, or text after a closing quote: double a quote within quotes");
    assertMessage(
        "y\n1\n",
        y,
        "no column is used as an input, the columns are [y]: call features, oneHot or indices");
    assertMessage(
        "x,y\n1,2\n",
        csv -> csv.features("x").oneHot("x").classes("y"),
        "the column \"x\" is named twice, expected once");
    assertMessage(
        "x,y\n1,2\n",
        csv -> csv.classes("y").vocabulary("x", Vocabulary.of("1")),
        "a vocabulary is given for \"x\", expected a column of oneHot, indices or classes");
    assertThatThrownBy(csv("x\n1\n")::read)
        .hasMessageEndingWith("is read without a target: call classes(column) or targets(columns)");
    assertThatThrownBy(Csv.of(directory.resolve("none.csv")).classes("y")::read)
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(directory.resolve("none.csv") + ": there is no such file");
    assertThatThrownBy(Csv.of(directory).classes("y")::read)
        .isInstanceOf(IOException.class)
        .hasMessage(directory + ": Is a directory");
    assertThatThrownBy(Csv.of(file).classes("y").separator('"')::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the separator and the quote are both \", expected different characters");
  }
}
