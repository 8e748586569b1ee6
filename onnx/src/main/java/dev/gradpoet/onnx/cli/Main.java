package dev.gradpoet.onnx.cli;

import dev.gradpoet.onnx.fold.RefusedModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code gradpoet-onnx}. */
@Command(
    name = "gradpoet-onnx",
    description = "Imports ONNX models as Gradpoet networks, and converts weight files.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {ImportCommand.class, ConvertCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success; with --check, the source is up to date",
      "1:the file cannot be read, imported or converted; with --check, the source is stale",
      "2:wrong usage"
    })
public final class Main implements Runnable {

  @Spec
  private CommandSpec spec;

  /** For picocli. */
  public Main() {}

  /** Runs the program and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler((e, command, result) -> {
      if (!(e instanceof IOException) && !(e instanceof IllegalArgumentException)) {
        throw e;
      }
      command.getErr().println("gradpoet-onnx: " + text(e));
      return 1;
    });
  }

  private static String text(Exception e) {
    if (e instanceof RefusedModelException || !(e instanceof FileSystemException system)) {
      return e.getMessage();
    }
    String reason = system.getReason() == null
        ? "it cannot be read or written (" + e.getClass().getSimpleName() + ")"
        : system.getReason();
    return system.getFile() + ": " + reason;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command, expected import or convert");
  }

  /** Reads the version of the build. */
  static final class Version implements CommandLine.IVersionProvider {

    /** For picocli. */
    Version() {}

    @Override
    public String[] getVersion() throws IOException {
      Properties properties = new Properties();
      try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
        properties.load(in);
      }
      return new String[] {"gradpoet-onnx " + properties.getProperty("version")};
    }
  }
}
