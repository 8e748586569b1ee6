package dev.gradpoet.processor.emit;

import static dev.gradpoet.processor.emit.TrainerEmitter.override;

import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.validate.ValidSpec;

/** Prints {@code summary()}. */
final class SummaryEmitter {

  SummaryEmitter(ValidSpec spec, Scalar scalar) {}

  void add(TypeSpec.Builder type) {
    type.addMethod(override("summary").returns(String.class).addStatement("return $S", "").build());
  }
}
