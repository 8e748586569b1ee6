package dev.gradpoet.processor.emit.kernel.simd.loop;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The printed methods of a vector kernel.
 *
 * @param methods the methods of the family
 * @param loops the methods of {@link SimdLoops} that they call
 */
public record SimdCode(List<MethodSpec> methods, List<MethodSpec> loops) {

  public SimdCode {
    methods = List.copyOf(methods);
    loops = List.copyOf(loops);
  }

  /** A kernel without a loop over vectors. */
  public static SimdCode of(MethodSpec... methods) {
    return new SimdCode(List.of(methods), List.of());
  }

  // @Override void relu(float[] from, float[] to, int width) {
  //   Loops.relu(from, to, width);
  // }
  /** A kernel that consists of one loop. */
  public static SimdCode ofLoop(MethodSpec kernel) {
    return ofLoop(kernel, List.of());
  }

  /**
   * A kernel that ends with a loop.
   *
   * @param kernel the kernel, with the loop as its body
   * @param before statements of the kernel before the loop
   */
  public static SimdCode ofLoop(MethodSpec kernel, List<CodeBlock> before) {
    String arguments =
        kernel.parameters().stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
    MethodSpec.Builder calling = MethodSpec.methodBuilder(kernel.name())
        .addJavadoc(kernel.javadoc())
        .addAnnotations(kernel.annotations())
        .addModifiers(kernel.modifiers())
        .returns(kernel.returnType())
        .addParameters(kernel.parameters());
    before.forEach(calling::addStatement);
    calling.addStatement(
        "$L$L($L)",
        kernel.returnType().equals(TypeName.VOID) ? "" : "return ",
        SimdLoops.qualified(kernel.name()),
        arguments);
    return new SimdCode(List.of(calling.build()), List.of(SimdLoops.withoutJavadoc(kernel)));
  }

  /** The code of several kernels. */
  public static SimdCode join(List<SimdCode> codes) {
    return new SimdCode(all(codes, SimdCode::methods), all(codes, SimdCode::loops));
  }

  private static List<MethodSpec> all(
      List<SimdCode> codes, Function<SimdCode, List<MethodSpec>> part) {
    return codes.stream().map(part).flatMap(List::stream).toList();
  }
}
