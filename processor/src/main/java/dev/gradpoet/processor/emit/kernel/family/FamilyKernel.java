package dev.gradpoet.processor.emit.kernel.family;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.RowFunction;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.graph.formula.Softmax;
import java.util.stream.Stream;

/** A method that each family implements differently. */
public sealed interface FamilyKernel {

  /** The method without a body; its Javadoc describes the result. */
  MethodSpec head();

  /** The row programs that it computes. */
  default Stream<RowProgram> programs() {
    return Stream.empty();
  }

  <T> T match(Cases<T> cases);

  /** One case for each kind: a new kind does not compile until every family prints it. */
  interface Cases<T> {

    T row(Row kernel);

    T product(Product kernel);

    T dotProducts(DotProducts kernel);

    T windowProducts(WindowProducts kernel);

    T windowGradients(WindowGradients kernel);

    T planeProducts(PlaneProducts kernel);

    T depthwiseProducts(DepthwiseProducts kernel);

    T maxPool(MaxPool kernel);

    T maxPoolOfPlanes(MaxPoolOfPlanes kernel);

    T averagePool(AveragePool kernel);

    T function(Function kernel);

    T functionOfRows(FunctionOfRows kernel);

    T program(Program kernel);

    T softmaxExponentials(SoftmaxExponentials kernel);

    T softmaxDivide(SoftmaxDivide kernel);

    T transpose(Transpose kernel);

    T weightGradient(WeightGradient kernel);

    T biasGradient(BiasGradient kernel);

    T scaleGradient(ScaleGradient kernel);
  }

  /** All layers on one row, in inference. */
  record Row(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.row(this);
    }
  }

  /** Matrix products of many rows, with each sum in chains over blocks. */
  record Product(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.product(this);
    }
  }

  /** Dot products of one row, with each sum in chains that are lanes. */
  record DotProducts(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.dotProducts(this);
    }
  }

  /** Products of the windows of a sample. */
  record WindowProducts(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.windowProducts(this);
    }
  }

  /** The gradients of such products. */
  record WindowGradients(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.windowGradients(this);
    }
  }

  /** Products of the windows of a sample, in planes. */
  record PlaneProducts(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.planeProducts(this);
    }
  }

  /** Products of the windows of each channel. */
  record DepthwiseProducts(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.depthwiseProducts(this);
    }
  }

  /** The largest value of each window. */
  record MaxPool(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.maxPool(this);
    }
  }

  /** The largest value of each window of planes. */
  record MaxPoolOfPlanes(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.maxPoolOfPlanes(this);
    }
  }

  /** The average of each window. */
  record AveragePool(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.averagePool(this);
    }
  }

  /** An activation, or its derivative, of one row. */
  record Function(MethodSpec head, RowFunction function) implements FamilyKernel {
    @Override
    public Stream<RowProgram> programs() {
      return Stream.of(function.program());
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.function(this);
    }
  }

  /** A function of many rows, which calls that of one row. */
  record FunctionOfRows(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.functionOfRows(this);
    }
  }

  /** A row program that is a method. */
  record Program(MethodSpec head, RowMethod method) implements FamilyKernel {
    @Override
    public Stream<RowProgram> programs() {
      return Stream.of(method.program());
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.program(this);
    }
  }

  /** The first half of the softmax in cross entropy, for all rows. */
  record SoftmaxExponentials(MethodSpec head) implements FamilyKernel {
    @Override
    public Stream<RowProgram> programs() {
      return Stream.of(Softmax.exponentials());
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.softmaxExponentials(this);
    }
  }

  /** The second half of the softmax in cross entropy, for one row. */
  record SoftmaxDivide(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.softmaxDivide(this);
    }
  }

  /** The transposed copy of a weight. */
  record Transpose(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.transpose(this);
    }
  }

  /** The gradient of any weight. */
  record WeightGradient(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.weightGradient(this);
    }
  }

  /** The gradient of any bias. */
  record BiasGradient(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.biasGradient(this);
    }
  }

  /** The gradient of the weight of any norm. */
  record ScaleGradient(MethodSpec head) implements FamilyKernel {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.scaleGradient(this);
    }
  }
}
