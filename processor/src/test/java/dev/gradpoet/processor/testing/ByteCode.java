package dev.gradpoet.processor.testing;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import javax.tools.JavaFileObject;

/** Compiled methods as javap sees them: their sizes, and what they call. */
public final class ByteCode {

  private static final Pattern METHOD = Pattern.compile("^  (\\S.*\\)|static \\{\\}).*;$");
  private static final Pattern INSTRUCTION = Pattern.compile("^ +(\\d+): [a-z].*$");
  private static final Pattern CALL = Pattern.compile(
      "^ +\\d+: invoke(?:static|virtual|special|interface) .*// \\w*Method (\\S+)$");

  private ByteCode() {}

  /**
   * The place of the last instruction of each method: its size but for the few bytes of that instruction.
   *
   * @param compilation what javac made
   * @param directory an empty place for the class files
   * @return by class and signature
   */
  public static Map<String, Integer> sizes(Compilation compilation, Path directory)
      throws IOException {
    Map<String, Integer> sizes = new TreeMap<>();
    walk(compilation, directory, (method, line) -> {
      Matcher instruction = INSTRUCTION.matcher(line);
      if (instruction.matches()) {
        sizes.put(method, Integer.parseInt(instruction.group(1)));
      }
    });
    return sizes;
  }

  /**
   * What each method calls, in the order of its instructions, but for calls that are made when they are first met.
   *
   * @param compilation what javac made
   * @param directory an empty place for the class files
   * @return by class and signature
   */
  public static Map<String, List<String>> calls(Compilation compilation, Path directory)
      throws IOException {
    Map<String, List<String>> calls = new TreeMap<>();
    walk(compilation, directory, (method, line) -> {
      Matcher call = CALL.matcher(line);
      if (call.matches()) {
        calls.computeIfAbsent(method, added -> new ArrayList<>()).add(call.group(1));
      }
    });
    return calls;
  }

  private static void walk(
      Compilation compilation, Path directory, BiConsumer<String, String> lines)
      throws IOException {
    Files.createDirectories(directory);
    List<String> arguments = new ArrayList<>(List.of("-c", "-p"));
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        Path path = directory.resolve(arguments.size() + ".class");
        try (InputStream bytes = file.openInputStream()) {
          Files.copy(bytes, path);
        }
        arguments.add(path.toString());
      }
    }
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    javap.run(printer, printer, arguments.toArray(String[]::new));
    String type = "";
    String method = "";
    for (String line : out.toString().lines().toList()) {
      if (line.endsWith("{") && !line.startsWith(" ")) {
        type = line;
      } else if (METHOD.matcher(line).matches()) {
        method = type + " " + line.strip();
      } else {
        lines.accept(method, line);
      }
    }
  }
}
