package dev.gradpoet.processor.emit.kernel.family;

import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import java.util.List;
import java.util.function.Function;

/**
 * A kernel that can be printed once its helpers have names.
 *
 * @param calls the helpers that it calls
 * @param code prints it, given their names
 */
public record KernelCode<T>(List<? extends Helper> calls, Function<Helpers, T> code) {

  /** A kernel that calls no helper. */
  public static <T> KernelCode<T> of(T code) {
    return new KernelCode<>(List.of(), helpers -> code);
  }

  /** The same kernel, with a function applied to the printed code. */
  public <R> KernelCode<R> map(Function<T, R> around) {
    return new KernelCode<>(calls, code.andThen(around));
  }

  /** The kernel, printed. */
  public T print(Helpers helpers) {
    return code.apply(helpers);
  }
}
