package dev.gradpoet.onnx.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.onnx.testing.OnnxRuntime;
import dev.gradpoet.onnx.testing.Resources;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README in an empty Maven project, with the packaged jars, without a network. Runs in the phase verify. */
@Tag("exhaustive")
class NewUserTest {

  private static final String VERSION = System.getProperty("gradpoet.version");

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  @TempDir
  private Path directory;

  private Path project;

  @Test
  void aModelBecomesAClassThatComputesTheSame() throws Exception {
    project = Files.createDirectory(directory.resolve("project"));
    Path repository = Files.createDirectory(directory.resolve("repository"));
    install(repository);
    Files.writeString(project.resolve("pom.xml"), pom());
    Path model = project.resolve("model.onnx");
    Files.copy(Resources.path("/models/godot-flyby.onnx"), model);

    List<String> command = new ArrayList<>(
        List.of(java(), "-jar", CHECKOUT + "/onnx/target/gradpoet-onnx-" + VERSION + "-all.jar"));
    command.addAll(List.of("import model.onnx --package com.example --name Pilot".split(" ")));
    assertThat(readme()).contains("-all.jar import model.onnx --package com.example --name Pilot");
    assertThat(run(command)).contains("wrote src/main/java/com/example/Pilot.java");
    Files.writeString(project.resolve("src/main/java/com/example/Main.java"), """
        package com.example;

        public class Main {
          public static void main(String[] args) {
            float[] observation = {0.5f, -1, 0.25f, 2, -0.125f, 0, 1, -0.75f};
            float[] action = PilotNetwork.pretrained().forward(observation);
            for (float value : action) {
              System.out.println(value);
            }
          }
        }
        """);

    run(List.of(
        System.getProperty("gradpoet.maven") + "/bin/mvn",
        "-B",
        "-q",
        "-o",
        "-Dmaven.repo.local=" + repository,
        "-Dmaven.repo.local.tail=" + System.getProperty("gradpoet.repository"),
        "-Dmaven.repo.local.tail.ignoreAvailability=true",
        "package"));

    String classPath = List.of(
            project + "/target/new-user-1.jar",
            jar("runtime").toString(),
            jar("annotations").toString())
        .stream()
        .collect(Collectors.joining(File.pathSeparator));
    double[] action = run(List.of(
            java(), "-Dgradpoet.simd=off", "-cp", classPath, "com.example.Main"))
        .lines()
        .mapToDouble(Double::parseDouble)
        .toArray();
    double[] observation = {0.5, -1, 0.25, 2, -0.125, 0, 1, -0.75};
    try (OnnxRuntime reference = new OnnxRuntime(model)) {
      double[] expected = reference.run(1, Map.of("obs", observation), "output");
      assertThat(action).containsExactly(expected, within(1e-5));
    }
  }

  private static String readme() throws IOException {
    return Files.readString(CHECKOUT.resolve("README.md"));
  }

  /** The project of the README's XML; its plugins have the versions of this build, which are there without a network. */
  private static String pom() throws IOException {
    Matcher xml = Pattern.compile("```xml\\n(.*?)```", Pattern.DOTALL).matcher(readme());
    assertThat(xml.find()).isTrue();
    String parent = Files.readString(CHECKOUT.resolve("pom.xml"));
    StringBuilder plugins = new StringBuilder();
    for (String name : List.of("resources", "surefire", "jar")) {
      Matcher version = Pattern.compile(
              "<artifactId>maven-" + name + "-plugin</artifactId><version>(.*?)</version>")
          .matcher(parent);
      assertThat(version.find()).describedAs(name).isTrue();
      plugins.append(
          "<plugin><artifactId>maven-%s-plugin</artifactId><version>%s</version></plugin>\n"
              .formatted(name, version.group(1)));
    }
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>new-user</artifactId>
          <version>1</version>
          <properties>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
        %s</project>
        """.formatted(xml.group(1).replace("<plugins>\n", "<plugins>\n" + plugins));
  }

  /** What {@code ./mvnw install} puts into a local repository. */
  private static void install(Path repository) throws IOException {
    put(repository, "parent", CHECKOUT.resolve("pom.xml"), "pom");
    for (String module : List.of("annotations", "runtime", "processor")) {
      Path reduced = CHECKOUT.resolve(module + "/target/dependency-reduced-pom.xml");
      put(
          repository,
          module,
          Files.exists(reduced) ? reduced : CHECKOUT.resolve(module + "/pom.xml"),
          "pom");
      put(repository, module, jar(module), "jar");
    }
  }

  private static void put(Path repository, String module, Path file, String type)
      throws IOException {
    String artifact = "gradpoet-" + module;
    Path folder = repository.resolve("dev/gradpoet/" + artifact + "/" + VERSION);
    Files.createDirectories(folder);
    Files.copy(file, folder.resolve(artifact + "-" + VERSION + "." + type));
  }

  private static Path jar(String module) {
    return CHECKOUT.resolve(module + "/target/gradpoet-" + module + "-" + VERSION + ".jar");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Runs a command in the project; what it prints. */
  private String run(List<String> command) throws Exception {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(project.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int code = builder.start().waitFor();
    String text = Files.readString(output);
    assertThat(code)
        .describedAs(Arrays.toString(command.toArray()) + "\n" + text)
        .isZero();
    return text;
  }
}
