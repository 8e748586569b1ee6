package dev.gradpoet.processor.emit;

import static dev.gradpoet.processor.emit.PredictorEmitter.TENSOR;
import static dev.gradpoet.processor.emit.TrainerEmitter.override;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Map;

/** Prints how the parameters of a network are kept in files; the work is the runtime's. */
final class FilesEmitter {

  private static final ClassName PATH = ClassName.get("java.nio.file", "Path");
  private static final ClassName IO_EXCEPTION = ClassName.get("java.io", "IOException");
  private static final ClassName SAFETENSORS = ClassName.get(Names.RUNTIME, "Safetensors");
  private static final TypeName OPTIONS =
      ArrayTypeName.of(ClassName.get(Names.RUNTIME, "LoadOption"));
  private static final TypeName TENSORS =
      ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), TENSOR);
  private static final TypeName TEXTS =
      ParameterizedTypeName.get(Map.class, String.class, String.class);

  private FilesEmitter() {}

  static List<MethodSpec> methods() {
    return List.of(save(), saveAll(), loadPath(), loadPathByNames(), loadFile(), loadFileByNames());
  }

  // public void save(Path path) throws IOException {
  //   Safetensors.save(path, parameters);
  // }
  private static MethodSpec save() {
    return override("save")
        .addParameter(PATH, "path")
        .addException(IO_EXCEPTION)
        .addStatement("$T.save(path, parameters)", SAFETENSORS)
        .build();
  }

  // public void save(Path path, Map<String, Tensor> extras, Map<String, String> metadata)
  //     throws IOException {
  //   Safetensors.save(path, parameters, extras, metadata);
  // }
  private static MethodSpec saveAll() {
    return override("save")
        .addParameter(PATH, "path")
        .addParameter(TENSORS, "extras")
        .addParameter(TEXTS, "metadata")
        .addException(IO_EXCEPTION)
        .addStatement("$T.save(path, parameters, extras, metadata)", SAFETENSORS)
        .build();
  }

  // public Safetensors load(Path path, LoadOption... options) throws IOException {
  //   return Safetensors.load(path, parameters, Map.of(), options);
  // }
  private static MethodSpec loadPath() {
    return load(PATH, "path")
        .returns(SAFETENSORS)
        .addParameter(OPTIONS, "options")
        .addStatement("return $T.load(path, parameters, $T.of(), options)", SAFETENSORS, Map.class)
        .build();
  }

  // public Safetensors load(Path path, Map<String, String> names, LoadOption... options)
  //     throws IOException {
  //   return Safetensors.load(path, parameters, names, options);
  // }
  private static MethodSpec loadPathByNames() {
    return load(PATH, "path")
        .returns(SAFETENSORS)
        .addParameter(TEXTS, "names")
        .addParameter(OPTIONS, "options")
        .addStatement("return $T.load(path, parameters, names, options)", SAFETENSORS)
        .build();
  }

  // public void load(Safetensors file, LoadOption... options) throws IOException {
  //   file.copyTo(parameters, Map.of(), options);
  // }
  private static MethodSpec loadFile() {
    return load(SAFETENSORS, "file")
        .addParameter(OPTIONS, "options")
        .addStatement("file.copyTo(parameters, $T.of(), options)", Map.class)
        .build();
  }

  // public void load(Safetensors file, Map<String, String> names, LoadOption... options)
  //     throws IOException {
  //   file.copyTo(parameters, names, options);
  // }
  private static MethodSpec loadFileByNames() {
    return load(SAFETENSORS, "file")
        .addParameter(TEXTS, "names")
        .addParameter(OPTIONS, "options")
        .addStatement("file.copyTo(parameters, names, options)")
        .build();
  }

  /** Options come last. */
  private static MethodSpec.Builder load(TypeName type, String name) {
    return override("load").addParameter(type, name).addException(IO_EXCEPTION).varargs();
  }
}
