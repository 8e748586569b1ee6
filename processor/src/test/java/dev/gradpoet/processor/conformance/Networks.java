package dev.gradpoet.processor.conformance;

import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import java.util.LinkedHashMap;
import java.util.Map;

/** The networks of all cases, compiled in one go: a run of javac costs more than a network. */
final class Networks {

  private final Map<Declaration, String> names = new LinkedHashMap<>();
  private ClassLoader loader;

  /** Notes a network that will be asked for. */
  void declare(Declaration declaration) {
    names.putIfAbsent(declaration, "Golden" + names.size());
  }

  /** Compiles all that was declared: nothing for cases without a network, as in a directory of losses. */
  void compile() {
    if (names.isEmpty()) {
      return;
    }
    Map<String, String> sources = new LinkedHashMap<>();
    names.forEach((declaration, name) -> sources.put("golden." + name, declaration.source(name)));
    loader = SourceCompiler.process(sources);
  }

  /** A network with the initial parameters of a generator. */
  Model create(Declaration declaration, Generator generator) {
    try {
      return (Model) loader
          .loadClass("golden." + names.get(declaration) + "Network")
          .getConstructor(Generator.class)
          .newInstance(generator);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
