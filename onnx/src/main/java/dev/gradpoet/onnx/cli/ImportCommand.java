package dev.gradpoet.onnx.cli;

import dev.gradpoet.onnx.ImportedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code import}. */
@Command(
    name = "import",
    description = {
      "Writes an ONNX model as the source of a Gradpoet network, an interface NAME.java, and its parameters, NAME.safetensors,"
          + " which NAMENetwork.pretrained() reads.",
      "A model that Gradpoet cannot compute exactly is refused, with all reasons."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "The file, such as model.onnx.")
  private Path model;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      defaultValue = "",
      description = "The package of the interface, such as com.example; by default none.")
  private String packageName;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "The name of the interface, such as Pilot.")
  private String name;

  @Option(
      names = "--java",
      paramLabel = "DIR",
      defaultValue = "src/main/java",
      description = "The root of the sources (default: ${DEFAULT-VALUE}).")
  private Path java;

  @Option(
      names = "--resources",
      paramLabel = "DIR",
      defaultValue = "src/main/resources",
      description = "The root of the resources (default: ${DEFAULT-VALUE}).")
  private Path resources;

  @Option(
      names = "--output",
      paramLabel = "OUTPUT",
      description = "The output to import, if the model has several.")
  private String output;

  @Option(
      names = "--force",
      description = "Overwrites NAME.java if it exists; changes made to it are lost.")
  private boolean force;

  @Option(
      names = "--check",
      description =
          "Writes nothing: exits with 1 if NAME.java was not imported from exactly this model.")
  private boolean check;

  ImportCommand() {}

  @Override
  public Integer call() throws IOException {
    requireNames();
    Path folder = Path.of(packageName.replace('.', '/'));
    Path source = java.resolve(folder).resolve(name + ".java");
    Path weights = resources.resolve(folder).resolve(name + ".safetensors");
    if (check) {
      return check(source, weights);
    }
    if (Files.exists(source) && !force) {
      throw new IOException(
          source + ": it exists: choose another --name, or overwrite it with --force");
    }
    ImportedModel imported =
        ImportedModel.read(model, Optional.ofNullable(output), packageName, name);
    Files.createDirectories(source.toAbsolutePath().getParent());
    Files.createDirectories(weights.toAbsolutePath().getParent());
    imported.save(source, weights);
    spec.commandLine().getOut().println("wrote " + source + "\nwrote " + weights);
    return 0;
  }

  private int check(Path source, Path weights) throws IOException {
    Optional<String> stale = ImportedModel.stale(model, source, weights);
    spec.commandLine()
        .getOut()
        .println(source + (stale.isEmpty() ? " is up to date" : " is stale: " + stale.get()));
    return stale.isEmpty() ? 0 : 1;
  }

  private void requireNames() {
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
      throw new ParameterException(
          spec.commandLine(),
          "--name is \"" + name + "\", expected a Java identifier, such as Pilot");
    }
    if (!packageName.isEmpty() && !SourceVersion.isName(packageName)) {
      throw new ParameterException(
          spec.commandLine(),
          "--package is \"" + packageName + "\", expected a package name, such as com.example");
    }
  }
}
