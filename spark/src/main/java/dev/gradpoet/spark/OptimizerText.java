package dev.gradpoet.spark;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An optimizer as text, the form in which a param is saved: the expression that creates it, with {@code stepSize} for the learning rate, as in {@code
 * Sgd.of(stepSize).momentum(0.9)}. The name alone stands for the defaults.
 */
final class OptimizerText {

  private static final Map<String, DoubleFunction<Optimizer>> KINDS = kinds();
  private static final Pattern FORM =
      Pattern.compile("(\\w+)(?:\\.of\\(stepSize\\))?((?:\\.\\w+\\([^()]*\\))*)");
  private static final Pattern OPTION = Pattern.compile("\\.(\\w+)\\(([^()]*)\\)");

  private OptimizerText() {}

  private static Map<String, DoubleFunction<Optimizer>> kinds() {
    Map<String, DoubleFunction<Optimizer>> kinds = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    kinds.put("Sgd", Sgd::of);
    kinds.put("Adam", Adam::of);
    kinds.put("AdamW", AdamW::of);
    kinds.put("RmsProp", RmsProp::of);
    kinds.put("Adagrad", Adagrad::of);
    return kinds;
  }

  /** The text of an optimizer, without its learning rate. */
  static String of(Optimizer optimizer) {
    return optimizer.toString().replaceFirst("\\.of\\([^()]*\\)", ".of(stepSize)");
  }

  /**
   * The optimizer of a text.
   *
   * @throws IllegalArgumentException if the text is no such expression, or a value is out of its range
   */
  static Optimizer parse(String text, double stepSize) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches() || !KINDS.containsKey(form.group(1))) {
      throw unknown(text, "an optimizer, one of " + KINDS.keySet());
    }
    Optimizer optimizer = KINDS.get(form.group(1)).apply(stepSize);
    Matcher option = OPTION.matcher(form.group(2));
    while (option.find()) {
      optimizer = with(optimizer, option.group(1), option.group(2).split("\\s*,\\s*"), text);
    }
    return optimizer.checked();
  }

  private static Optimizer with(Optimizer optimizer, String name, String[] values, String text) {
    if (name.equals("of")) {
      throw unknown(text, "of(stepSize)");
    }
    for (Method method : optimizer.getClass().getMethods()) {
      if (method.getName().equals(name)
          && method.getParameterCount() == values.length
          && method.getReturnType() == optimizer.getClass()) {
        Object[] arguments = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
          arguments[i] = value(method.getParameterTypes()[i], values[i], text);
        }
        return call(method, optimizer, arguments);
      }
    }
    throw unknown(
        text, "an option of " + optimizer.getClass().getSimpleName() + " in place of " + name);
  }

  private static Object value(Class<?> type, String value, String text) {
    if (type == boolean.class && (value.equals("true") || value.equals("false"))) {
      return Boolean.valueOf(value);
    }
    if (type == double.class) {
      try {
        return Double.valueOf(value);
      } catch (NumberFormatException e) {
        throw unknown(text, "a number in place of " + value);
      }
    }
    throw unknown(text, "true or false in place of " + value);
  }

  private static Optimizer call(Method method, Optimizer optimizer, Object... arguments) {
    try {
      return (Optimizer) method.invoke(optimizer, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static IllegalArgumentException unknown(String text, String expected) {
    return new IllegalArgumentException(
        "optimizer is \"" + text + "\", expected " + expected
            + ": write it as in Java, with stepSize for the learning rate, as in Sgd.of(stepSize).momentum(0.9)");
  }
}
