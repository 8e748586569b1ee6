package dev.gradpoet.onnx;

import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An ONNX model as a declaration of a network and a file of its parameters, for build tools; the command line calls it, too. */
public final class ImportedModel {

  private final ImportedSource source;

  private ImportedModel(ImportedSource source) {
    this.source = source;
  }

  /**
   * Imports a model.
   *
   * @param model its file
   * @param output which of its outputs, if there are several
   * @param packageName the package of the interface, may be empty
   * @param name the simple name of the interface
   * @throws IOException if the file cannot be read, is not an ONNX model, or cannot be imported; the message lists all reasons
   * @throws IllegalArgumentException if the interface would have the name of a type that it needs
   */
  public static ImportedModel read(
      Path model, Optional<String> output, String packageName, String name) throws IOException {
    ModelFile file = ModelFile.read(model);
    return new ImportedModel(ImportedSource.of(
        ModelImporter.read(file, output, Map.of()),
        new ImportedSource.Target(packageName, name),
        file.name(),
        hashes(model, file)));
  }

  /** The source of the interface. */
  public String source() {
    return source.java();
  }

  /**
   * Writes both files, the parameters first; each is either complete or unchanged.
   *
   * @param source the file of the interface
   * @param parameters the file of the parameters
   * @throws IOException if one cannot be written
   */
  public void save(Path source, Path parameters) throws IOException {
    Safetensors.save(parameters, this.source.parameters());
    AtomicFile.write(source, source().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Why imported files are stale, that is, not imported from this model; empty if they are up to date. Changes to the source do not count.
   *
   * @throws IOException if the model cannot be read
   */
  public static Optional<String> stale(Path model, Path source, Path parameters)
      throws IOException {
    ModelFile file = ModelFile.read(model);
    if (!Files.exists(source)) {
      return Optional.of("there is no such file");
    }
    if (!Files.exists(parameters)) {
      return Optional.of(parameters + " does not exist");
    }
    String text = Files.readString(source);
    return hashes(model, file).entrySet().stream()
        .filter(hash -> !text.contains(hash.getValue()))
        .map(hash -> "it was not imported from this " + hash.getKey())
        .findFirst();
  }

  /** The SHA-256 of each file of a model by its name. */
  private static Map<String, String> hashes(Path model, ModelFile file) throws IOException {
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put(file.name(), hash(file.bytes()));
    for (String other : file.external()) {
      hashes.put(other, hash(Files.readAllBytes(model.resolveSibling(other))));
    }
    return hashes;
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
