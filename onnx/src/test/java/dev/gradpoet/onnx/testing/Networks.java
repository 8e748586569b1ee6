package dev.gradpoet.onnx.testing;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** Compiles imported sources in memory, as a user's build does, and loads their parameters. */
public final class Networks {

  private Networks() {}

  /** The networks of several sources, by the qualified names of their interfaces, from one compilation without a warning, with their parameters. */
  public static Map<String, Model> of(Map<String, ImportedSource> sources) throws Exception {
    Map<String, Model> models = untrained(sources);
    Path file = Files.createTempFile("imported", ".safetensors");
    for (Map.Entry<String, Model> model : models.entrySet()) {
      Safetensors.save(file, sources.get(model.getKey()).parameters());
      model.getValue().load(file);
    }
    Files.delete(file);
    return models;
  }

  /** The same with initial parameters. */
  public static Map<String, Model> untrained(Map<String, ImportedSource> sources) throws Exception {
    List<JavaFileObject> files = new ArrayList<>();
    sources.forEach(
        (name, source) -> files.add(JavaFileObjects.forSourceString(name, source.java())));
    Compilation compilation = Compiler.javac()
        .withOptions("-Xlint:all,-processing", "-Werror")
        .withProcessors((Processor) Class.forName("dev.gradpoet.processor.NetworkProcessor")
            .getConstructor()
            .newInstance())
        .compile(files);
    List<String> said = compilation.diagnostics().stream()
        .filter(each -> each.getKind() != Diagnostic.Kind.NOTE)
        .map(Object::toString)
        .toList();
    if (compilation.status() != Compilation.Status.SUCCESS) {
      throw new AssertionError("javac says:\n" + String.join("\n", said));
    }
    ClassLoader classes = load(compilation);
    Map<String, Model> models = new LinkedHashMap<>();
    for (String name : sources.keySet()) {
      models.put(name, (Model)
          classes.loadClass(name + "Network").getConstructor(long.class).newInstance(0L));
    }
    return models;
  }

  private static ClassLoader load(Compilation compilation) throws IOException {
    Map<String, byte[]> classes = new HashMap<>();
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        String path = file.toUri().getPath();
        String name = path.substring("/CLASS_OUTPUT/".length(), path.length() - ".class".length());
        try (InputStream in = file.openInputStream()) {
          classes.put(name.replace('/', '.'), in.readAllBytes());
        }
      }
    }
    return new ClassLoader(Networks.class.getClassLoader()) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
      }
    };
  }
}
