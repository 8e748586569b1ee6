package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.CommonCode.notNull;
import static dev.gradpoet.processor.emit.code.RuntimeTypes.GENERATOR;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.plan.Plan;
import javax.lang.model.element.Modifier;

/** Prints the constructors of the generated class: from a seed, from a generator, and from parameters. */
public final class ConstructorsEmitter {

  private final Plan plan;
  private final Names names;

  public ConstructorsEmitter(Plan plan, Names names) {
    this.plan = plan;
    this.names = names;
  }

  // private DigitsNetwork(Parameters p) {
  //   this.p = p;
  //   this.architecture = architecture(p);
  //   this.parameters = NamedTensors.of(p.all);
  // }
  //
  // public DigitsNetwork(long seed) {
  //   this(new Generator().manualSeed(seed));
  // }
  //
  // public DigitsNetwork(Generator g) {
  //   this(new Parameters());
  //   p.draw(Objects.requireNonNull(g, "g"));
  // }
  public void add(TypeSpec.Builder type) {
    boolean draws = !plan.dropouts().isEmpty();
    MethodSpec.Builder ofParameters = MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(names.nested("Parameters"), "p")
        .addStatement("this.p = p")
        .addStatement("this.architecture = architecture(p)")
        .addStatement(
            "this.parameters = $T.of(p.$L)", RuntimeTypes.support("NamedTensors"), Names.ALL);
    if (draws) {
      ofParameters.addParameter(GENERATOR, "generator").addStatement("this.generator = generator");
    }
    type.addMethod(MethodSpec.constructorBuilder()
            .addJavadoc("""
                    A network with the initial parameters that PyTorch draws after {@code torch.manual_seed(seed)}.

                    @param seed any number; only its low 32 bits are used
                    """)
            .addModifiers(Modifier.PUBLIC)
            .addParameter(TypeName.LONG, "seed")
            .addStatement("this(new $T().manualSeed(seed))", GENERATOR)
            .build())
        .addMethod(MethodSpec.constructorBuilder()
            .addJavadoc("""
                    A network with initial parameters drawn from a generator, which continues after them$L.

                    @param g the source of the numbers
                    """, draws ? ": training draws the masks of dropout from it" : "")
            .addModifiers(Modifier.PUBLIC)
            .addParameter(GENERATOR, "g")
            .addStatement(draws ? "this(new Parameters(), g)" : "this(new Parameters())")
            .addStatement("p.draw($L)", notNull("g"))
            .build())
        .addMethod(ofParameters.build());
  }
}
