package dev.gradpoet.onnx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.onnx.testing.Resources;
import dev.gradpoet.runtime.Safetensors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line: what it writes, says and exits with. */
class MainTest {

  @TempDir
  private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine program = Main.commandLine();
    return program
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int runImport(String model, String... more) {
    String[] arguments = {
      "import",
      Resources.path(model).toString(),
      "--package=com.example",
      "--name=Pilot",
      "--java=" + directory.resolve("java"),
      "--resources=" + directory.resolve("resources")
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return run(all);
  }

  private Path source() {
    return directory.resolve("java/com/example/Pilot.java");
  }

  @Test
  void importWritesSourceAndParameters() throws IOException {
    assertThat(runImport("/models/godot-flyby.onnx")).isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("wrote " + source());
    assertThat(Files.readString(source())).isEqualTo("""
        package com.example;

        import dev.gradpoet.Activation;
        import dev.gradpoet.Linear;
        import dev.gradpoet.Network;
        import dev.gradpoet.runtime.Layer;

        /**
         * Imported from godot-flyby.onnx. Reads obs [8] and computes output [2].
         *
         * <p>SHA-256 of godot-flyby.onnx: 933de1f9ca8317c0%s
         *
         * <table>
         * <caption>Names</caption>
         * <tr><th>layer</th><th>in the model</th></tr>
         * <tr><td>policyNet0</td><td>mlp_extractor.policy_net.0</td></tr>
         * <tr><td>policyNet2</td><td>mlp_extractor.policy_net.2</td></tr>
         * </table>
         */
        @Network(input = 8)
        public interface Pilot {

          @Linear(out = 64, activation = Activation.TANH) Layer policyNet0();

          @Linear(out = 64, activation = Activation.TANH) Layer policyNet2();

          @Linear(out = 2) Layer action_net();
        }
        """.formatted(hash().substring(16)));
    Path weights = directory.resolve("resources/com/example/Pilot.safetensors");
    assertThat(Safetensors.load(weights).keySet())
        .containsExactlyInAnyOrder(
            "policyNet0.weight",
            "policyNet0.bias",
            "policyNet2.weight",
            "policyNet2.bias",
            "action_net.weight",
            "action_net.bias");
  }

  private String hash() throws IOException {
    String text = Files.readString(source());
    int begin = text.indexOf("onnx: 933de1f9") + 6;
    return text.substring(begin, begin + 64);
  }

  @Test
  void checkSaysWhetherTheSourceIsStale() throws IOException {
    runImport("/models/godot-flyby.onnx");
    Files.writeString(
        source(), Files.readString(source()).replace("@Network(", "@Network(loss = Loss.MSE, "));

    assertThat(runImport("/models/godot-flyby.onnx", "--check")).isZero();
    assertThat(out.toString()).contains("Pilot.java is up to date");
    assertThat(runImport("/models/godot-ships.onnx", "--check")).isEqualTo(1);
    assertThat(out.toString())
        .contains("Pilot.java is stale: it was not imported from this godot-ships.onnx");
  }

  @Test
  void checkCoversExternalValues() throws IOException {
    runImport("/models/rten-mnist-external/mnist.onnx");

    assertThat(Files.readString(source())).contains("SHA-256 of mnist.onnx.data: eb19fe57a46e7d1d");
    assertThat(runImport("/models/rten-mnist-external/mnist.onnx", "--check")).isZero();
  }

  @Test
  void changesOfTheUserAreNotOverwritten() throws IOException {
    runImport("/models/godot-flyby.onnx");
    Files.writeString(source(), "// mine");

    assertThat(runImport("/models/godot-flyby.onnx")).isEqualTo(1);
    assertThat(err.toString())
        .contains("Pilot.java: it exists: choose another --name, or overwrite it with --force");
    assertThat(Files.readString(source())).isEqualTo("// mine");
    assertThat(runImport("/models/godot-flyby.onnx", "--force")).isZero();
    assertThat(Files.readString(source())).contains("interface Pilot");
  }

  @Test
  void badArgumentsExitWith2() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("missing command, expected import or convert");
    assertThat(run("import", "a.onnx", "--name=class")).isEqualTo(2);
    assertThat(err.toString()).contains("--name is \"class\", expected a Java identifier");
    assertThat(run("import", "a.onnx", "--name=A", "--package=a.1b")).isEqualTo(2);
    assertThat(err.toString()).contains("--package is \"a.1b\", expected a package name");
    assertThat(run("import", "--name=A")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required parameter: 'MODEL'");
  }

  @Test
  void aMissingOrDamagedFileExitsWith1() throws IOException {
    assertThat(run("import", directory.resolve("no.onnx").toString(), "--name=A"))
        .isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("gradpoet-onnx: " + directory.resolve("no.onnx") + ": there is no such file\n");
    Path text = Files.writeString(directory.resolve("text.onnx"), "no model");
    assertThat(run("import", text.toString(), "--name=A")).isEqualTo(1);
    assertThat(err.toString()).startsWith("gradpoet-onnx: " + text + ": byte 0: ");
  }

  @Test
  void aNameThatTheSourceImportsIsRefused() {
    assertThat(
            run("import", Resources.path("/models/godot-flyby.onnx").toString(), "--name=Linear"))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("the name Linear is that of a type that the source imports");
  }

  @Test
  void convertWritesSafetensors() throws IOException {
    Path target = directory.resolve("lenet.safetensors");
    String weights = Resources.path("/torch/magika-lenet.pth").toString();

    assertThat(run("convert", weights, target.toString(), "--rename", "fc1.weight=0.weight"))
        .isZero();
    assertThat(out.toString()).isEqualTo("wrote " + target + ": 10 tensors\n");
    assertThat(Safetensors.load(target).get("0.weight").shape()).containsExactly(120, 400);
    assertThat(run("convert", weights, target.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("it exists: choose another file, or overwrite it with --force");
  }

  @Test
  void helpAndVersion() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Usage: gradpoet-onnx", "import", "convert", "Exit codes:");
    assertThat(run("import", "--help")).isZero();
    assertThat(out.toString()).contains("--package", "--output", "--check");
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("gradpoet-onnx ");
  }
}
