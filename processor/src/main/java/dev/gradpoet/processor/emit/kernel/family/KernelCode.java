package dev.gradpoet.processor.emit.kernel.family;

import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import java.util.List;
import java.util.function.Function;

/**
 * A kernel before it is printed.
 *
 * @param calls the helpers that it calls
 * @param code prints it, once these have names
 */
public record KernelCode<T>(List<? extends Helper> calls, Function<Helpers, T> code) {

  /** A kernel that calls no helper. */
  public static <T> KernelCode<T> of(T code) {
    return new KernelCode<>(List.of(), helpers -> code);
  }

  /** What is printed around this code. */
  public <R> KernelCode<R> map(Function<T, R> around) {
    return new KernelCode<>(calls, code.andThen(around));
  }

  /** The kernel, printed. */
  public T print(Helpers helpers) {
    return code.apply(helpers);
  }
}
