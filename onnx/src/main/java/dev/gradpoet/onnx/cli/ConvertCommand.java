package dev.gradpoet.onnx.cli;

import dev.gradpoet.onnx.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code convert}. */
@Command(
    name = "convert",
    description = {
      "Writes the tensors of a torch.save file (.pt, .pth) or a NumPy file (.npz) as a safetensors file.",
      "No code in a file is run: a pickle that needs classes other than those of tensors is refused."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ConvertCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "WEIGHTS", description = "The file to read.")
  private Path weights;

  @Parameters(index = "1", paramLabel = "OUT", description = "The safetensors file to write.")
  private Path out;

  @Option(
      names = "--rename",
      paramLabel = "OLD=NEW",
      description = "Writes the tensor OLD as NEW; may be repeated.")
  private Map<String, String> names = new LinkedHashMap<>();

  @Option(names = "--force", description = "Overwrites OUT if it exists.")
  private boolean force;

  ConvertCommand() {}

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out) && !force) {
      throw new IOException(out + ": it exists: choose another file, or overwrite it with --force");
    }
    Weights read = Weights.read(weights).renamed(names);
    read.save(out);
    read.left()
        .forEach(line -> spec.commandLine().getErr().println("gradpoet-onnx: left out " + line));
    spec.commandLine().getOut().println("wrote " + out + ": " + read.tensors().size() + " tensors");
    return 0;
  }
}
