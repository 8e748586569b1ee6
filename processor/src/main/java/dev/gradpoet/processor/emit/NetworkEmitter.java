package dev.gradpoet.processor.emit;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.GENERATOR;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Inputs;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.family.FamilyKernel;
import dev.gradpoet.processor.emit.kernel.family.FamilyKernels;
import dev.gradpoet.processor.emit.kernel.family.KernelFamily;
import dev.gradpoet.processor.emit.kernel.layer.LayerKernels;
import dev.gradpoet.processor.emit.kernel.plain.PlainFamily;
import dev.gradpoet.processor.emit.kernel.simd.SimdFamily;
import dev.gradpoet.processor.emit.loss.LossEmitter;
import dev.gradpoet.processor.emit.network.AccessorsEmitter;
import dev.gradpoet.processor.emit.network.ArchitectureEmitter;
import dev.gradpoet.processor.emit.network.ConstructorsEmitter;
import dev.gradpoet.processor.emit.network.ForwardEmitter;
import dev.gradpoet.processor.emit.network.GradientsEmitter;
import dev.gradpoet.processor.emit.network.LayerTable;
import dev.gradpoet.processor.emit.network.ParametersEmitter;
import dev.gradpoet.processor.emit.network.PredictionsEmitter;
import dev.gradpoet.processor.emit.network.PredictorEmitter;
import dev.gradpoet.processor.emit.network.RowEmitter;
import dev.gradpoet.processor.emit.network.SerializationEmitter;
import dev.gradpoet.processor.emit.network.TrainingPassEmitter;
import dev.gradpoet.processor.emit.network.ValuesEmitter;
import dev.gradpoet.processor.emit.trainer.BackwardEmitter;
import dev.gradpoet.processor.emit.trainer.BatchEmitter;
import dev.gradpoet.processor.emit.trainer.EvaluationEmitter;
import dev.gradpoet.processor.emit.trainer.TrainerEmitter;
import dev.gradpoet.processor.graph.Input;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Prints the generated class of a network. */
public final class NetworkEmitter {

  /** The number of rows of one pass of inference: whole tiles of the vector kernels, and few enough to stay in the first caches. */
  private static final int TILE = 24;

  /** The same for vector kernels of a large weight, which each pass must load again. */
  private static final int TILE_OF_LARGE = 64;

  private static final ClassName ARCHITECTURE = RuntimeTypes.runtime("Architecture");

  private final Plan plan;
  private final Names names;
  private final Scalar scalar;
  private final ValuesEmitter values;
  private final Signatures signatures;
  private final List<KernelFamily> families;
  private final KernelChoice choice;
  private final Origin origin;
  private final Inputs inputs;

  private NetworkEmitter(Plan plan, List<KernelFamily> families, Origin origin) {
    this.families = families;
    this.choice =
        new KernelChoice(families.stream().map(KernelFamily::className).toList());
    this.plan = plan;
    this.names = new Names(plan.network(), origin.standIn());
    this.scalar = Scalar.of(plan.network().dtype());
    this.inputs = new Inputs(plan.network(), scalar);
    this.values = new ValuesEmitter(plan, names, scalar, choice);
    this.signatures = new Signatures(plan, names, scalar, choice);
    this.origin = origin;
  }

  /**
   * The class of a plan.
   *
   * @param simd whether it has vector kernels besides the plain ones
   * @param origin the other properties that it takes from its declaration
   */
  public static TypeSpec emit(Plan plan, boolean simd, Origin origin) {
    List<KernelFamily> families =
        simd ? List.of(new PlainFamily(), new SimdFamily()) : List.of(new PlainFamily());
    return new NetworkEmitter(plan, families, origin).network();
  }

  /** The class of a plan, with the kernels of these families. */
  static TypeSpec emit(Plan plan, KernelFamily... families) {
    return new NetworkEmitter(plan, List.of(families), Origin.plain()).network();
  }

  // @GeneratedNetwork(Digits.class)
  // public final class DigitsNetwork extends FloatNetwork implements Digits, Model {
  //   public static final int INPUTS = 64;
  //   ...
  // }
  private TypeSpec network() {
    TypeSpec.Builder type = TypeSpec.classBuilder(names.network())
        .addJavadoc(new LayerTable(plan, names).javadoc())
        .addAnnotation(names.mark())
        .addModifiers(Modifier.FINAL)
        .superclass(inputs.isOneDense() ? scalar.network() : RuntimeTypes.inputs("InputsNetwork"))
        .addSuperinterface(names.implemented())
        .addSuperinterface(RuntimeTypes.runtime("Model"))
        // members of the interface are in scope here and would shadow imported types
        .alwaysQualify(plan.network().declaration().members().toArray(new String[0]));
    if (plan.network().declaration().visible()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    fields(type);
    new ConstructorsEmitter(plan, names).add(type);
    new ArchitectureEmitter(plan, names).add(type);
    new ForwardEmitter(plan, signatures).add(type);
    TrainingPassEmitter.add(type, plan, signatures);
    new PredictionsEmitter(plan, scalar).ofNetwork(type);
    new EvaluationEmitter(plan, signatures).ofNetwork(type);
    AccessorsEmitter accessors = new AccessorsEmitter(plan, names, scalar);
    accessors.accessors(type, origin.deprecated());
    accessors.factories(type);
    RowEmitter row = new RowEmitter(plan, names, scalar, choice.owner());
    LayerKernels layers = new LayerKernels(plan, signatures);
    List<TypeSpec> nested = new ArrayList<>(List.of(
        new PredictorEmitter(plan, names, scalar, values, row).predictor(),
        new TrainerEmitter(plan, values, signatures, tile()).trainer(),
        new ParametersEmitter(plan, names, scalar, choice).parameters(),
        values.values()));
    if (plan.hasRowPass()) {
      nested.add(row.row(needsRowScratch()));
    }
    nested.add(new GradientsEmitter(plan, names, scalar, choice).gradients());
    nested.add(new BatchEmitter(plan, values, signatures).batch());
    nested.add(new BackwardEmitter(plan, signatures).backward());
    plan.loss().ifPresent(loss -> nested.add(LossEmitter.losses(loss, plan, signatures)));
    if (origin.serializable()) {
      nested.add(new SerializationEmitter(plan, names, scalar).addTo(type));
    }
    nested.addAll(kernels(layers));
    nested.forEach(each ->
        type.addType(each.toBuilder().addAnnotation(Names.MARK_OF_NESTED).build()));
    return type.build();
  }

  private boolean needsRowScratch() {
    return Kernel.ofKind(plan.inference(), LinearKernels.Linear.class)
        .anyMatch(kernel -> families.stream().anyMatch(family -> family.needsRowScratch(kernel)));
  }

  private List<TypeSpec> kernels(LayerKernels layers) {
    Primitives primitives = layers.primitives();
    List<FamilyKernel> kernels = FamilyKernels.of(plan, signatures, primitives);
    boolean zeros =
        layers.readZeros() || families.stream().anyMatch(family -> family.readsZeros(primitives));
    return choice.classes(
        layers.common(),
        kernels.stream().map(FamilyKernel::head),
        families.stream()
            .map(family -> family.kernels(plan, signatures, layers, kernels))
            .toList(),
        zeros ? List.of(layers.zeros()) : List.of());
  }

  private void fields(TypeSpec.Builder type) {
    inputs(type);
    type.addField(constant("OUTPUTS", plan.outputs(), "The number of values in an output row."))
        .addField(constant("PARAMETERS", plan.parameterCount(), "The number of parameters."))
        .addField(FieldSpec.builder(
                TypeName.INT, "TILE", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc("The maximum number of rows that inference computes at once.\n")
            .initializer("$L", tile())
            .build());
    choice.fields(type, names);
    type.addField(names.nested("Parameters"), "p", Modifier.PRIVATE, Modifier.FINAL)
        .addField(ARCHITECTURE, "architecture", Modifier.PRIVATE, Modifier.FINAL)
        .addField(RuntimeTypes.mapOfTensors(), "parameters", Modifier.PRIVATE, Modifier.FINAL);
    if (!plan.dropouts().isEmpty()) {
      type.addField(FieldSpec.builder(GENERATOR, "generator", Modifier.PRIVATE, Modifier.FINAL)
          .addJavadoc("The generator of the dropout masks.\n")
          .build());
    }
  }

  private void inputs(TypeSpec.Builder type) {
    for (Input input : plan.network().inputs()) {
      String row =
          plan.network().inputs().size() == 1 ? "an input row" : "a row of " + input.name();
      type.addField(constant(
          inputs.constant(input),
          input.shape().size(),
          "The number of " + (input.isDense() ? "values" : "class indices") + " in " + row + "."));
    }
  }

  private int tile() {
    return choice.hasTwoFamilies() && isLarge() ? TILE_OF_LARGE : TILE;
  }

  private boolean isLarge() {
    return plan.matrices().stream()
        .anyMatch(weight -> SimdTiling.isLarge(weight.in(), weight.out()));
  }

  private static FieldSpec constant(String name, int value, String doc) {
    return FieldSpec.builder(TypeName.INT, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("$L\n", doc)
        .initializer("$L", value)
        .build();
  }
}
