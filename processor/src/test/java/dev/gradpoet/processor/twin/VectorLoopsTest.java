package dev.gradpoet.processor.twin;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.processor.testing.ByteCode;
import dev.gradpoet.processor.testing.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Vectors are used in loops that C2 compiles one by one, each of fewer nodes than those from which C2 of JDK 17 makes objects of vectors. Which
 * networks allocate without that is a matter of chance, so it is the byte code that is looked at: every activation and its derivative behind rows
 * of one to four vectors and of several chains, and random networks of both types.
 */
class VectorLoopsTest {

  /** At 18,000 nodes C2 postpones what it inlines; a loop itself is a few hundred. */
  private static final int MOST_NODES = 17_300;

  /** A method of more bytes is inlined nowhere. */
  private static final int INLINED_SIZE = 325;

  /** The most nodes that a call was seen to be, by what it is in byte code; the first that fits. */
  private static final Map<Pattern, Integer> NODES = new LinkedHashMap<>();

  static {
    nodes("\\.fromArray:", 270);
    nodes("\\.broadcast:", 160);
    nodes("\\.zero:", 60);
    nodes("\\.intoArray:", 240);
    nodes("\\.fma:", 490);
    nodes("\\.(add|sub|mul|div|max|min):\\([FD]\\)", 790);
    nodes("\\.(add|sub):\\(I\\)", 900);
    nodes("\\.(add|sub|mul|div|max|min):", 515);
    nodes("\\.(neg|abs):", 430);
    nodes("\\.compare:\\(L\\S*;[FD]\\)", 560);
    nodes("\\.compare:", 330);
    nodes("\\.blend:\\([FD]", 560);
    nodes("\\.blend:", 330);
    nodes("\\.lanewise:", 480);
    nodes("\\.reinterpretAs", 380);
    nodes("", 500);
  }

  private static void nodes(String call, int nodes) {
    NODES.put(Pattern.compile(call), nodes);
  }

  @TempDir
  private Path directory;

  /** What each method calls. */
  private Map<String, List<String>> calls;

  private Map<String, Integer> sizes;

  @Test
  void loopsOfSomeActivationsAndOfAFewNetworks() throws Exception {
    compile(RandomNets.of(2, 17), Sample.oneIn(10, List.of(Activation.values())));

    requireThatEachLoopFits();
  }

  @Test
  @Tag("exhaustive")
  void loopsOfEveryActivationAndOfManyNetworks() throws Exception {
    compile(RandomNets.of(30, 17), List.of(Activation.values()));

    requireThatEachLoopFits();
    assertThat(calls.keySet().stream().filter(VectorLoopsTest::isLoop).count()).isGreaterThan(500);
  }

  private void requireThatEachLoopFits() {
    noLoopIsMoreThanC2InlinesAtOnce();
    onlyLoopsUseVectors();
    noMethodInlinesMoreLoopsThanFit();
  }

  private void compile(List<Net> random, List<Activation> activations) throws Exception {
    List<Net> nets = new ArrayList<>(random);
    for (Activation activation : activations) {
      nets.add(Net.of("Of" + activation, 70)
          .linear(64, activation)
          .linear(48, activation)
          .linear(32, activation)
          .linear(16, activation)
          .linear(10, activation)
          .add(activation, "l4", "l4")
          .linear(130, activation)
          .linear(4, Activation.IDENTITY)
          .loss(Loss.MSE, Reduction.MEAN));
    }
    Compilation compilation = javac()
        .withOptions("--add-modules", "jdk.incubator.vector")
        .withProcessors(new NetworkProcessor())
        .compile(nets.stream()
            .map(net -> JavaFileObjects.forSourceString(net.qualifiedName(), net.source()))
            .toList());
    assertThat(compilation.errors()).isEmpty();
    calls = ByteCode.calls(compilation, directory.resolve("calls"));
    sizes = ByteCode.sizes(compilation, directory.resolve("sizes"));
  }

  private void noLoopIsMoreThanC2InlinesAtOnce() {
    Map<String, Integer> tooLong = new TreeMap<>();
    calls.forEach((method, of) -> {
      if (nodes(of) > MOST_NODES) {
        tooLong.put(method, nodes(of));
      }
    });
    assertThat(tooLong).isEmpty();
  }

  private void onlyLoopsUseVectors() {
    List<String> outside = new ArrayList<>();
    calls.forEach((method, of) -> {
      boolean isConstant = method.endsWith("static {};");
      if (!isLoop(method) && !isConstant && of.stream().anyMatch(VectorLoopsTest::isVector)) {
        outside.add(method);
      }
    });
    assertThat(outside).isEmpty();
  }

  private void noMethodInlinesMoreLoopsThanFit() {
    Map<String, Integer> ofInlined = new TreeMap<>();
    calls.forEach((method, of) -> {
      if (isLoop(method) && sizes.get(method) <= INLINED_SIZE) {
        ofInlined.put(calledAs(method), nodes(of));
      }
    });
    Map<String, Integer> tooLong = new TreeMap<>();
    calls.forEach((method, of) -> {
      int nodes = of.stream()
          .mapToInt(call -> ofInlined.getOrDefault(call.replaceAll(":.*", ""), 0))
          .sum();
      if (nodes > MOST_NODES) {
        tooLong.put(method, nodes);
      }
    });
    assertThat(ofInlined).isNotEmpty();
    assertThat(tooLong).isEmpty();
  }

  /** Whether it is a method that C2 inlines nowhere but in the method that it compiles. */
  private static boolean isLoop(String method) {
    return method.contains("$Loops extends java.lang.Throwable");
  }

  /** {@code twin/ANetwork$SimdKernels$Loops.relu}: how byte code calls a method of {@code .. class twin.ANetwork.. static void relu(float[], ..);}. */
  private static String calledAs(String method) {
    return method
        .replaceAll(".*class (\\S+) extends.* (\\w+)\\(.*", "$1#$2")
        .replace('.', '/')
        .replace('#', '.');
  }

  private static boolean isVector(String call) {
    return call.contains("jdk/incubator/vector/");
  }

  /** The nodes up to the last result, which is what the inlining of stores needs to know. */
  private static int nodes(List<String> calls) {
    int nodes = 0;
    int ofResults = 0;
    for (String call : calls) {
      if (isVector(call)) {
        nodes += nodes(call);
        ofResults = call.contains(".intoArray:") ? ofResults : nodes;
      }
    }
    return ofResults;
  }

  private static int nodes(String call) {
    return NODES.entrySet().stream()
        .filter(each -> each.getKey().matcher(call).find())
        .findFirst()
        .orElseThrow()
        .getValue();
  }
}
