package dev.gradpoet.processor.emit;

import com.palantir.javapoet.JavaFile;
import dev.gradpoet.processor.SpecBuilder;
import dev.gradpoet.processor.emit.kernel.family.KernelFamily;
import dev.gradpoet.processor.emit.kernel.plain.PlainFamily;
import dev.gradpoet.processor.emit.kernel.simd.SimdFamily;
import dev.gradpoet.processor.graph.Differentiation;
import dev.gradpoet.processor.graph.GraphBuilder;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.planner.Planner;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.processor.valid.ValidLayer;
import dev.gradpoet.processor.valid.ValidSpec;
import dev.gradpoet.runtime.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Networks with the kernel families that a test chooses, each in a package, compiled at once. */
final class FamilyNetworks {

  /** The packages of a network with plain kernels alone, and of one that has and uses those of vectors. */
  static final List<String> BOTH = List.of("plain", "simd");

  private final Map<String, String> sources = new LinkedHashMap<>();
  private ClassLoader loader;

  /** A network in both packages. */
  static FamilyNetworks both(SpecBuilder spec) {
    return new FamilyNetworks().addBoth(spec, "");
  }

  /** Adds a network in a package below each of both. */
  FamilyNetworks addBoth(SpecBuilder spec, String below) {
    return add(spec, BOTH.get(0) + below, new PlainFamily())
        .add(spec, BOTH.get(1) + below, new PlainFamily(), new SimdFamily());
  }

  FamilyNetworks add(SpecBuilder builder, String packageName, KernelFamily... families) {
    ValidSpec spec = builder.inPackage(packageName).build();
    Plan plan = Planner.plan(Differentiation.differentiate(GraphBuilder.build(spec)));
    String source = JavaFile.builder(packageName, NetworkEmitter.emit(plan, families))
        .build()
        .toString();
    sources.put(packageName + ".NetNetwork", source);
    sources.put(
        packageName + ".Net",
        Stream.concat(
                spec.inputs().stream().filter(ValidInput::method).map(ValidInput::name),
                spec.layers().stream().map(ValidLayer::name))
            .map(name -> "dev.gradpoet.runtime.Layer " + name + "(); ")
            .collect(Collectors.joining(
                "", "package " + packageName + "; public interface Net { ", "}")));
    return this;
  }

  /** Compiles all that were added. */
  FamilyNetworks compile() {
    loader = SourceCompiler.compile(sources);
    return this;
  }

  /** The network of a package, always with the same parameters. */
  Model network(String packageName) {
    try {
      return (Model) loader
          .loadClass(packageName + ".NetNetwork")
          .getConstructor(long.class)
          .newInstance(42L);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
