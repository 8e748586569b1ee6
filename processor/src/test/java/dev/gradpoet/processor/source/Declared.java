package dev.gradpoet.processor.source;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.DType;
import dev.gradpoet.processor.NetworkProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;

/**
 * Declarations whose layers, members and interfaces can have any name. Where they are serializable and so may hold a {@code readObject}, javac from 18
 * on warns of that at the member itself, whatever processors run: {@code @SuppressWarnings("serial")} silences it there, and not in the generated class.
 *
 * @param name of the interface
 */
record Declared(String packageName, String name, List<JavaFileObject> files) {

  /** A stack whose layers have these names; of floats, it is serializable. */
  static Declared stack(String packageName, DType dtype, List<String> names) {
    StringBuilder text =
        new StringBuilder("import dev.gradpoet.*; import dev.gradpoet.runtime.Layer;\n");
    text.append("@SuppressWarnings(\"serial\")\n");
    text.append("@Network(input = 5, loss = Loss.MSE, dtype = DType.%s) public interface Net%s {\n"
        .formatted(dtype, serializable(dtype)));
    for (int i = 0; i < names.size(); i++) {
      text.append("@%s, activation = Activation.%s) Layer %s();\n"
          .formatted(
              i == names.size() - 1
                  ? "Linear(out = 3"
                  : i == 0
                      ? "Normalization(mean = {0, 1, 2, 3, 4}, std = {1, 2, 3, 4, 5}"
                      : i % 4 == 1
                          ? "LayerNorm(eps = 0.1"
                          : i % 4 == 3 ? "BatchNorm(momentum = 0.2" : "Linear(out = 5",
              i % 3 == 1 ? "GELU" : "TANH",
              names.get(i)));
    }
    return of(packageName, "Net", text.append("}\n").toString());
  }

  /** Several networks in one file, with the losses of two classes in all their options, one output, deprecated, nested. */
  static Declared others(String packageName, DType dtype) {
    return of(packageName, "Several", """
        import dev.gradpoet.*;
        import dev.gradpoet.runtime.Layer;
        @Network(input = 5, loss = Loss.BCE, dtype = DType.%1$s)
        @LossOptions(weight = {1, 2, 3}, reduction = Reduction.NONE)
        public interface Several extends java.io.Serializable {
          @Linear(out = 3, activation = Activation.SIGMOID) Layer weighted();

          @Network(layers = {5, 3}, loss = Loss.BCE_WITH_LOGITS, dtype = DType.%1$s)
          @LossOptions(weight = {1, 2, 3}, posWeight = {3, 2, 1}, reduction = Reduction.NONE)
          interface Inner {}
        }

        @Network(input = 5, loss = Loss.BCE_WITH_LOGITS, dtype = DType.%1$s)
        @LossOptions(posWeight = 2)
        interface One {
          @Linear(out = 4, activation = Activation.RELU) Layer before();
          @Linear(out = 1) @Deprecated Layer only();
        }

        @Deprecated
        @Network(layers = {5, 1}, loss = Loss.MSE, dtype = DType.%1$s)
        @LossOptions(reduction = Reduction.NONE)
        interface Old {}
        """.formatted(dtype));
  }

  /** A network with merges and a loss of many options, which says its types in full, so that members may have any name; of floats, it is serializable. */
  static Declared merging(String packageName, String name, DType dtype, String members) {
    return of(packageName, name, """
        @dev.gradpoet.Network(input = 5, loss = dev.gradpoet.Loss.CROSS_ENTROPY, dtype = dev.gradpoet.DType.%s)
        @dev.gradpoet.LossOptions(labelSmoothing = 0.1, classWeights = {1, 2, 3})
        @java.lang.SuppressWarnings("serial")
        public interface %s%s {
          @dev.gradpoet.Linear(out = 70, activation = dev.gradpoet.Activation.GELU) dev.gradpoet.runtime.Layer one();
          @dev.gradpoet.Linear(out = 70, activation = dev.gradpoet.Activation.MISH) dev.gradpoet.runtime.Layer two();
          @dev.gradpoet.Add(from = {"one", "two"}, activation = dev.gradpoet.Activation.SOFTMAX) dev.gradpoet.runtime.Layer three();
          @dev.gradpoet.Mul(from = {"three", "one", "two"}, activation = dev.gradpoet.Activation.SILU) dev.gradpoet.runtime.Layer gated();
          @dev.gradpoet.Concat(from = {"gated", "input"}, activation = dev.gradpoet.Activation.SELU) dev.gradpoet.runtime.Layer four();
          @dev.gradpoet.Dropout(p = 0.1, activation = dev.gradpoet.Activation.GELU) dev.gradpoet.runtime.Layer dropped();
          @dev.gradpoet.PRelu dev.gradpoet.runtime.Layer sloped();
          @dev.gradpoet.PRelu(perChannel = true) dev.gradpoet.runtime.Layer slopes();
          @dev.gradpoet.Activate(dev.gradpoet.Activation.ELU) dev.gradpoet.runtime.Layer bent();
          @dev.gradpoet.Linear(out = 3, activation = dev.gradpoet.Activation.LOG_SIGMOID) dev.gradpoet.runtime.Layer five();
        %s
        }
        """.formatted(dtype, name, serializable(dtype), members));
  }

  /** A network on images of one row, of whose names the same holds. */
  static Declared images(String packageName, String name, DType dtype, String members) {
    return of(packageName, name, """
        @dev.gradpoet.Network(input = {1, 1, 5}, loss = dev.gradpoet.Loss.CROSS_ENTROPY, dtype = dev.gradpoet.DType.%s)
        @java.lang.SuppressWarnings("serial")
        public interface %s%s {
          @dev.gradpoet.Conv2d(out = 3, kernel = {1, 3}, padding = {0, 1}, activation = dev.gradpoet.Activation.GELU) dev.gradpoet.runtime.Layer one();
          @dev.gradpoet.MaxPool2d(kernel = {1, 2}, stride = 1) dev.gradpoet.runtime.Layer two();
          @dev.gradpoet.Conv2d(out = 4, kernel = 1, bias = false, activation = dev.gradpoet.Activation.SOFTMAX) dev.gradpoet.runtime.Layer three();
          @dev.gradpoet.AvgPool2d(kernel = {1, 2}) dev.gradpoet.runtime.Layer four();
          @dev.gradpoet.GlobalAvgPool dev.gradpoet.runtime.Layer pooled();
          @dev.gradpoet.Flatten dev.gradpoet.runtime.Layer five();
          @dev.gradpoet.Linear(out = 3) dev.gradpoet.runtime.Layer six();
        %s
        }
        """.formatted(dtype, name, serializable(dtype), members));
  }

  /** A network with several inputs, of whose names the same holds. */
  static Declared categories(String packageName, String name, DType dtype, String members) {
    return of(packageName, name, """
        @dev.gradpoet.Network(loss = dev.gradpoet.Loss.CROSS_ENTROPY, dtype = dev.gradpoet.DType.%s)
        @java.lang.SuppressWarnings("serial")
        public interface %s%s {
          @dev.gradpoet.Input(5) dev.gradpoet.runtime.Layer numbers();
          @dev.gradpoet.Input({2, 2}) dev.gradpoet.runtime.Layer others();
          @dev.gradpoet.Input(value = 3, classes = 4) dev.gradpoet.runtime.Layer kinds();
          @dev.gradpoet.Embedding(dim = 2, activation = dev.gradpoet.Activation.GELU) dev.gradpoet.runtime.Layer one();
          @dev.gradpoet.Flatten dev.gradpoet.runtime.Layer two();
          @dev.gradpoet.Flatten(from = "others") dev.gradpoet.runtime.Layer three();
          @dev.gradpoet.Dropout(p = 0.1) dev.gradpoet.runtime.Layer four();
          @dev.gradpoet.Concat(from = {"numbers", "two", "four"}) dev.gradpoet.runtime.Layer five();
          @dev.gradpoet.Linear(out = 3) dev.gradpoet.runtime.Layer six();
        %s
        }
        """.formatted(dtype, name, serializable(dtype), members));
  }

  /** A network whose inputs have these names, those of numbers and of class indices by turns; of floats, it is serializable. */
  static Declared inputs(String packageName, DType dtype, List<String> names) {
    StringBuilder inputs = new StringBuilder();
    StringBuilder layers = new StringBuilder();
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      boolean dense = i % 2 == 0;
      inputs.append("@Input(%s) Layer %s();\n"
          .formatted(dense ? "1" : "value = 1, classes = 3", names.get(i)));
      joined.add(dense ? names.get(i) : "layerF" + i);
      if (!dense) {
        layers.append(
            "@Embedding(dim = 2, from = \"%1$s\") Layer layerE%2$d(); @Flatten Layer layerF%2$d();\n"
                .formatted(names.get(i), i));
      }
    }
    return of(packageName, "Net", """
        import dev.gradpoet.*; import dev.gradpoet.runtime.Layer;
        @SuppressWarnings("serial")
        @Network(loss = Loss.BCE_WITH_LOGITS, dtype = DType.%s) public interface Net%s {
        %s%s
        @Concat(from = {%s}) Layer layerAll();
        @Linear(out = 3) Layer layerOut();
        }
        """.formatted(
            dtype,
            serializable(dtype),
            inputs,
            layers,
            joined.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", "))));
  }

  /** A small network, of whose names the same holds. */
  static Declared small(String packageName, String name) {
    return of(packageName, name, """
        @dev.gradpoet.Network(input = 5, loss = dev.gradpoet.Loss.CROSS_ENTROPY)
        public interface %s extends java.io.Serializable {
          @dev.gradpoet.Linear(out = 3, activation = dev.gradpoet.Activation.GELU) dev.gradpoet.runtime.Layer one();
        }
        """.formatted(name));
  }

  /** Compiles declarations with the processor and every lint, with vector kernels or without. */
  static Compilation compile(boolean vectors, List<JavaFileObject> files, String... more) {
    List<String> options = new ArrayList<>(List.of("-Xlint:all"));
    if (vectors) {
      options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    options.addAll(List.of(more));
    return javac().withOptions(options).withProcessors(new NetworkProcessor()).compile(files);
  }

  private static String serializable(DType dtype) {
    return dtype == DType.FLOAT32 ? " extends java.io.Serializable" : "";
  }

  private static Declared of(String packageName, String name, String text) {
    return new Declared(
        packageName,
        name,
        List.of(JavaFileObjects.forSourceString(
            packageName + "." + name, "package " + packageName + ";\n" + text)));
  }
}
