package dev.gradpoet.processor.emit.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.RowPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.vector.VectorNodes;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.graph.formula.Updates;
import dev.gradpoet.processor.testing.SourceCompiler;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The updates of optimizers are described once: the loops of the runtime are what their programs print, and their vectors have the same bits. */
class UpdatesTest {

  private static final Path RUNTIME =
      Path.of("..", "runtime", "src", "main", "java", "dev", "gradpoet", "runtime");

  /** As long as several vectors of any width. */
  private static final int LENGTH = 48;

  private static ClassLoader printed;

  static List<String> updates() {
    return List.copyOf(Updates.all().keySet());
  }

  @BeforeAll
  static void compile() {
    Map<String, String> sources = new HashMap<>();
    for (Scalar scalar : Scalar.values()) {
      Vectors vectors = new Vectors(scalar);
      TypeSpec.Builder type = TypeSpec.classBuilder("Of" + scalar)
          .addModifiers(Modifier.PUBLIC)
          .addField(constant(vectors.species(), "S")
              .initializer("$T.SPECIES_PREFERRED", vectors.type())
              .build())
          .addField(constant(TypeName.INT, "L").initializer("S.length()").build());
      Updates.all().forEach((name, update) -> {
        MethodSpec vector = SimdUpdates.method(name + "InVectors", update, scalar)
            .addModifiers(Modifier.STATIC)
            .build();
        type.addMethod(vector);
        type.addMethod(MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addParameters(vector.parameters())
            .addCode("$L", loop(update, scalar))
            .build());
      });
      sources.put(
          "updates.Of" + scalar,
          JavaFile.builder("updates", type.build()).build().toString());
    }
    printed = SourceCompiler.compile(sources);
  }

  private static FieldSpec.Builder constant(TypeName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }

  /** The loop of the runtime: {@code for (int j = from; j < to; j++) {..}}. */
  private static String loop(RowProgram update, Scalar scalar) {
    return new RowPrinter(scalar, update.arrays(), "j", CodeBlock.of("to"))
        .print(update)
        .toString()
        .replace("int j = 0", "int j = from")
        .replace("java.lang.", "");
  }

  @ParameterizedTest
  @MethodSource("updates")
  void vectorsHaveTheBitsOfThePlainLoop(String name) throws ReflectiveOperationException {
    RowProgram update = Updates.all().get(name);
    int flags = update.flags().size();
    for (Scalar scalar : Scalar.values()) {
      Class<?> type = printed.loadClass("updates.Of" + scalar);
      for (int options = 0; options < 1 << flags; options++) {
        Object[] plain = arguments(update, scalar, options);
        Object[] vector = arguments(update, scalar, options);
        for (int step = 0; step < 3; step++) {
          method(type, name).invoke(null, plain);
          method(type, name + "InVectors").invoke(null, vector);
        }
        for (int i = 0; i < plain.length; i++) {
          assertThat(vector[i]).as("%s with options %s", scalar, options).isEqualTo(plain[i]);
        }
      }
    }
  }

  private static Method method(Class<?> type, String name) {
    return Stream.of(type.getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Object[] arguments(RowProgram update, Scalar scalar, int options) {
    Random random = new Random(options);
    List<Object> arguments = new ArrayList<>(List.of(0, LENGTH));
    for (Variable row : Updates.rows(update)) {
      boolean square = row.name().equals("v") || row.name().equals("s");
      Object array = Array.newInstance(scalar == Scalar.FLOAT ? float.class : double.class, LENGTH);
      for (int j = 0; j < LENGTH; j++) {
        // gradients and averages that are 0, and a run that diverged
        double value = j % 7 == 0 ? 0 : j == 20 ? Double.NaN : random.nextGaussian();
        set(array, j, square ? value * value : value);
      }
      arguments.add(array);
    }
    update.arguments().forEach(argument -> {
      double value = random.nextDouble();
      arguments.add(scalar == Scalar.FLOAT ? (Object) (float) value : (Object) value);
    });
    for (int flag = 0; flag < update.flags().size(); flag++) {
      arguments.add((options >> flag & 1) == 1);
    }
    return arguments.toArray();
  }

  private static void set(Object array, int j, double value) {
    if (array instanceof float[] floats) {
      floats[j] = (float) value;
    } else {
      ((double[]) array)[j] = value;
    }
  }

  @ParameterizedTest
  @MethodSource("updates")
  void theRuntimeHoldsTheLoopOfTheProgram(String name) throws IOException {
    RowProgram update = Updates.all().get(name);
    for (Scalar scalar : Scalar.values()) {
      String parameters = SimdUpdates.method(name, update, scalar).build().parameters().stream()
          .map(Object::toString)
          .collect(Collectors.joining(",", "void" + name + "(", ")"));
      String type = scalar == Scalar.FLOAT ? "Float" : "Double";

      assertThat(source(type + "Updates")).contains(withoutLayout(parameters + ";"));
      assertThat(source(type + "PlainUpdates"))
          .contains(withoutLayout(parameters + "{" + loop(update, scalar) + "}"));
    }
  }

  private static String source(String type) throws IOException {
    return withoutLayout(
        Files.readString(RUNTIME.resolve(Path.of("support", "optim", type + ".java"))));
  }

  private static String withoutLayout(String code) {
    return code.replaceAll("//.*", "").replaceAll("\\s+", "");
  }

  @ParameterizedTest
  @MethodSource("updates")
  void oneLoopMayHoldTheVectors(String name) {
    MethodSpec.Builder method = SimdUpdates.method(name, Updates.all().get(name), Scalar.FLOAT);
    assertThat(VectorNodes.fits(method.build().code())).isTrue();
  }
}
