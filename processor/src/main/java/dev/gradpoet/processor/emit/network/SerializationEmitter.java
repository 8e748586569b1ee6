package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.TENSOR;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.Plan;
import javax.lang.model.element.Modifier;

/** Prints the serialization of a network whose declaration extends {@code Serializable}: as the values of its parameters. */
public final class SerializationEmitter {

  private static final String NAME = "Serialized";
  private static final ClassName NAMED_TENSORS = RuntimeTypes.support("NamedTensors");
  private static final ClassName INVALID = ClassName.get("java.io", "InvalidObjectException");

  private final Names names;
  private final Scalar scalar;

  /** Whether there are buffers, some of which are not of the dtype of the network. */
  private final boolean buffers;

  public SerializationEmitter(Plan plan, Names names, Scalar scalar) {
    this.buffers = !plan.statistics().isEmpty();
    this.names = names;
    this.scalar = scalar;
  }

  /** Adds the methods to a network, and returns the nested class that is serialized in its place. */
  public TypeSpec addTo(TypeSpec.Builder type) {
    type.addMethod(writeReplace()).addMethod(readObject());
    return serialized();
  }

  // private Object writeReplace() {
  //   return new Serialized(
  //       parameters.values().stream().map(Tensor::toFloatArray).toArray(float[][]::new));
  // }
  //
  // return new Serialized(NamedTensors.arrays(architecture));       where there are buffers
  private MethodSpec writeReplace() {
    MethodSpec.Builder method = MethodSpec.methodBuilder("writeReplace")
        .addModifiers(Modifier.PRIVATE)
        .returns(Object.class);
    if (buffers) {
      return method
          .addStatement("return new $L($T.arrays(architecture))", NAME, NAMED_TENSORS)
          .build();
    }
    return method
        .addStatement(
            "return new $L(parameters.values().stream().map($T::$L).toArray($T::new))",
            NAME,
            TENSOR,
            scalar.toArray(),
            scalar.rows())
        .build();
  }

  // private void readObject(ObjectInputStream in) throws InvalidObjectException {
  //   throw new InvalidObjectException("a DigitsNetwork is serialized as its parameters");
  // }
  private MethodSpec readObject() {
    return MethodSpec.methodBuilder("readObject")
        .addModifiers(Modifier.PRIVATE)
        .addParameter(ClassName.get("java.io", "ObjectInputStream"), "in")
        .addException(INVALID)
        .addStatement(
            "throw new $T($S)",
            INVALID,
            "a " + names.network().simpleName() + " is serialized as its parameters")
        .build();
  }

  // private static final class Serialized implements Serializable {
  //   private static final long serialVersionUID = 1;
  //   private final float[][] values;
  //   private Serialized(float[][] values) { ... }
  //   private Object readResolve() throws InvalidObjectException {
  //     DigitsNetwork network = new DigitsNetwork(0L);
  //     int i = 0;
  //     try {
  //       for (Tensor parameter : network.parameters.values()) {
  //         parameter.copyFrom(values[i++]);
  //       }
  //     } catch (RuntimeException e) {
  //       throw new InvalidObjectException(
  //           "not the parameters of a DigitsNetwork: " + e.getMessage());
  //     }
  //     return network;
  //   }
  // }
  private TypeSpec serialized() {
    MethodSpec read = MethodSpec.methodBuilder("readResolve")
        .addModifiers(Modifier.PRIVATE)
        .returns(Object.class)
        .addException(INVALID)
        .addStatement("$1T network = new $1T(0L)", names.network())
        .addCode(
            buffers
                ? CodeBlock.of("")
                : CodeBlock.builder().addStatement("int i = 0").build())
        .beginControlFlow("try")
        .addCode(copyValues())
        .nextControlFlow("catch ($T e)", RuntimeException.class)
        .addStatement(
            "throw new $T($S + e.getMessage())",
            INVALID,
            "not the parameters of a " + names.network().simpleName() + ": ")
        .endControlFlow()
        .addStatement("return network")
        .build();
    return TypeSpec.classBuilder(NAME)
        .addJavadoc("The serialized form of a network: the values of its parameters, in order.\n")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addSuperinterface(ClassName.get("java.io", "Serializable"))
        .addField(FieldSpec.builder(TypeName.LONG, "serialVersionUID")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer("1")
            .build())
        .addField(values(), "values", Modifier.PRIVATE, Modifier.FINAL)
        .addMethod(MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(values(), "values")
            .addStatement("this.values = values")
            .build())
        .addMethod(read)
        .build();
  }

  private TypeName values() {
    return buffers ? ArrayTypeName.of(Object.class) : scalar.rows();
  }

  // for (Tensor parameter : network.parameters.values()) {
  //   parameter.copyFrom(values[i++]);
  // }
  //
  // NamedTensors.copy(values, network.architecture);       where there are buffers
  private CodeBlock copyValues() {
    return buffers
        ? CodeBlock.builder()
            .addStatement("$T.copy(values, network.architecture)", NAMED_TENSORS)
            .build()
        : CodeBlock.builder()
            .beginControlFlow("for ($T parameter : network.parameters.values())", TENSOR)
            .addStatement("parameter.copyFrom(values[i++])")
            .endControlFlow()
            .build();
  }
}
