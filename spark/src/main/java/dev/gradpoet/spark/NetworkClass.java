package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** A generated network class, found by its name on the class path of a driver or an executor. */
final class NetworkClass {

  private final Constructor<?> constructor;

  private NetworkClass(Constructor<?> constructor) {
    this.constructor = constructor;
  }

  /**
   * The class with a name.
   *
   * @throws IllegalArgumentException if there is none, or it is not a generated network
   */
  static NetworkClass of(String name) {
    Class<?> type = find(name);
    if (!Model.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException(
          "network is " + name
              + ", which is not a network: pass the generated class, such as DigitsNetwork.class for the declaration Digits");
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(Generator.class);
      // of a declaration that is not public, neither is the class
      constructor.setAccessible(true);
      return new NetworkClass(constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          "network is " + name
              + ", which has no constructor that takes a Generator: pass a class that Gradpoet generated",
          e);
    }
  }

  private static Class<?> find(String name) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try {
      return Class.forName(
          name, false, context != null ? context : NetworkClass.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "network is " + name
              + ", and there is no such class: give its binary name (Outer_DigitsNetwork for a nested Digits), and add its jar to spark.jars or --jars",
          e);
    }
  }

  /** A new network that draws its initial parameters, and later its masks, from a generator. */
  Model create(Generator generator) {
    try {
      return (Model) constructor.newInstance(generator);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot construct " + constructor.getDeclaringClass().getName(), e);
    }
  }
}
