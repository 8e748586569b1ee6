package dev.gradpoet.processor.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.gradpoet.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.tools.JavaFileObject;

/** The identifiers that generated classes contain, and others that could surprise. */
final class Identifiers {

  private static final Pattern NO_CODE =
      Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"(\\\\.|[^\"\\\\])*\"");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

  /** Names that no generated class contains, but people write, or javac allows. */
  private static final List<String> OTHERS = List.of(
      "a$b", "$T", "$", "$$", "$L", "p_", "λ", "größe", "𝒳", "x0", "l$", "keep_", "Module",
      "record");

  /** What generated classes of serializable networks contain, and what Java's serialization looks for. */
  private static final List<String> SERIALIZATION = List.of(
      "Serialized",
      "readObject",
      "readObjectNoData",
      "readResolve",
      "writeObject",
      "writeExternal",
      "writeReplace",
      "serialVersionUID",
      "serialPersistentFields");

  private Identifiers() {}

  /** Those of classes with vector kernels or without: no name can meet code that does not hold it. */
  static Set<String> collect(boolean vectors) {
    Set<String> found = new TreeSet<>(OTHERS);
    found.addAll(SERIALIZATION);
    List<JavaFileObject> files = new ArrayList<>();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      files.addAll(Declared.stack("a" + dtype, dtype, List.of("first", "second", "third"))
          .files());
      files.addAll(Declared.merging("b" + dtype, "Merging", dtype, "").files());
      files.addAll(Declared.others("c" + dtype, dtype).files());
      files.addAll(Declared.images("d" + dtype, "Images", dtype, "").files());
      files.addAll(Declared.categories("e" + dtype, "Categories", dtype, "").files());
    }
    generated(Declared.compile(vectors, files, "-proc:only"))
        .forEach(source -> collect(source, found));
    assertThat(found)
        .hasSizeGreaterThan(vectors ? 500 : 400)
        .contains("Math", "rows", "PlainKernels", "ObjectInputStream", "Deprecated");
    return found;
  }

  private static void collect(String source, Set<String> found) {
    IDENTIFIER
        .matcher(NO_CODE.matcher(source).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .filter(name -> !SourceVersion.isKeyword(name))
        .forEach(found::add);
  }

  private static Stream<String> generated(Compilation compilation) {
    assertThat(compilation.errors()).isEmpty();
    return compilation.generatedSourceFiles().stream().map(file -> {
      try {
        return file.getCharContent(false).toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }
}
