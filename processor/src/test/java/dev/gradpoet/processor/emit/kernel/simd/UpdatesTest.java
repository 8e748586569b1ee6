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
import org.junit.jupiter.params.provider.EnumSource;

/** The updates of optimizers are described once: the loops of the runtime are what the program prints, and its vectors have their bits. */
class UpdatesTest {

  private static final Path RUNTIME = Path.of("..", "runtime", "src", "main", "java");

  /** An optimizer; the name of each is that of its method. */
  enum Update {
    SGD(Updates.sgd()),
    ADAM(Updates.adam()),
    RMS_PROP(Updates.rmsProp()),
    ADAGRAD(Updates.adagrad());

    private final RowProgram program;

    Update(RowProgram program) {
      this.program = program;
    }

    /** The loop of the runtime's class: {@code for (int j = from; j < to; j++) {..}}. */
    String loop(Scalar scalar) {
      Map<Variable, String> arrays =
          program.rows().stream().collect(Collectors.toMap(row -> row, Variable::name));
      return new RowPrinter(scalar, arrays, "j", CodeBlock.of("to"))
          .print(program)
          .toString()
          .replace("int j = 0", "int j = from")
          .replace("java.lang.", "");
    }
  }

  private static final Map<Update, String> CLASSES =
      Map.of(Update.ADAM, "Adam", Update.RMS_PROP, "RmsProp", Update.ADAGRAD, "Adagrad");

  @BeforeAll
  static void compile() throws ClassNotFoundException {
    Map<String, String> sources = new HashMap<>();
    for (Scalar scalar : Scalar.values()) {
      Vectors vectors = new Vectors(scalar);
      TypeSpec.Builder type = TypeSpec.classBuilder("Of" + scalar)
          .addModifiers(Modifier.PUBLIC)
          .addField(constant(vectors.species(), "S")
              .initializer("$T.SPECIES_PREFERRED", vectors.type())
              .build())
          .addField(constant(TypeName.INT, "L").initializer("S.length()").build());
      for (Update update : Update.values()) {
        MethodSpec vector = SimdUpdates.method("vector" + update, update.program, scalar);
        type.addMethod(vector.toBuilder().addModifiers(Modifier.PUBLIC).build());
        type.addMethod(MethodSpec.methodBuilder("plain" + update)
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addParameters(vector.parameters())
            .addStatement("int from = 0, to = w.length")
            .addCode("$L", update.loop(scalar))
            .build());
      }
      sources.put(
          "updates.Of" + scalar,
          JavaFile.builder("updates", type.build()).build().toString());
    }
    loader = SourceCompiler.compile(sources);
  }

  private static ClassLoader loader;

  private static FieldSpec.Builder constant(TypeName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }

  @ParameterizedTest
  @EnumSource
  void vectorsHaveTheBitsOfThePlainLoop(Update update) throws ReflectiveOperationException {
    for (Scalar scalar : Scalar.values()) {
      Class<?> type = loader.loadClass("updates.Of" + scalar);
      int flags = update.program.flags().size();
      for (int options = 0; options < 1 << flags; options++) {
        Object[] plain = arguments(update.program, scalar, options);
        Object[] vector = arguments(update.program, scalar, options);
        for (int step = 0; step < 3; step++) {
          method(type, "plain" + update).invoke(null, plain);
          method(type, "vector" + update).invoke(null, vector);
        }
        for (int i = 0; i < update.program.rows().size(); i++) {
          assertThat(vector[i])
              .as("%s of %s with options %s", update.program.rows().get(i), scalar, options)
              .isEqualTo(plain[i]);
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

  private static Object[] arguments(RowProgram program, Scalar scalar, int options) {
    Random random = new Random(options);
    List<Object> arguments = new ArrayList<>();
    for (Variable row : program.rows()) {
      boolean square = row.name().equals("v") || row.name().equals("s");
      Object array = Array.newInstance(scalar == Scalar.FLOAT ? float.class : double.class, 48);
      for (int j = 0; j < 48; j++) {
        // a gradient and an average that are 0, and a divergence
        double value = j % 7 == 0 ? 0 : j == 20 ? Double.NaN : random.nextGaussian();
        set(array, j, square ? value * value : value);
      }
      arguments.add(array);
    }
    program.arguments().forEach(argument -> {
      double value = random.nextDouble();
      arguments.add(scalar == Scalar.FLOAT ? (Object) (float) value : (Object) value);
    });
    for (int flag = 0; flag < program.flags().size(); flag++) {
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
  @EnumSource(names = "SGD", mode = EnumSource.Mode.EXCLUDE)
  void theRuntimeHoldsTheLoopOfTheProgram(Update update) throws IOException {
    for (Scalar scalar : Scalar.values()) {
      String name = (scalar == Scalar.FLOAT ? "Float" : "Double") + CLASSES.get(update) + ".java";
      try (Stream<Path> files = Files.walk(RUNTIME)) {
        Path file = files.filter(each -> each.endsWith(name)).findFirst().orElseThrow();
        assertThat(withoutSpaces(Files.readString(file)))
            .as(file.toString())
            .contains(withoutSpaces(update.loop(scalar)));
      }
    }
  }

  /** Without what says nothing: comments and the layout of lines. */
  private static String withoutSpaces(String code) {
    return code.replaceAll("//.*", "").replaceAll("\\s+", "");
  }

  @ParameterizedTest
  @EnumSource
  void oneLoopMayHoldTheVectors(Update update) {
    assertThat(VectorNodes.fits(SimdUpdates.loop(update.program, Scalar.FLOAT))).isTrue();
  }
}
