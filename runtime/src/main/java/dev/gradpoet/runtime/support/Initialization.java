package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Draws the initial values of parameters, row by row as PyTorch stores them, or reads them from a resource. */
public final class Initialization {

  private Initialization() {}

  /**
   * Reads the parameters and buffers of a network from the resource beside its class, and closes the resource.
   *
   * @param network the network
   * @param in the resource, null if there is none
   * @param name its name, without the package
   * @throws UncheckedIOException if there is no such resource, or it is not that of this network; the message names it
   */
  public static void pretrained(Model network, InputStream in, String name) {
    String resource = network.getClass().getPackageName().replace('.', '/') + "/" + name;
    if (in == null) {
      throw new UncheckedIOException(new FileNotFoundException("there is no resource " + resource
          + ", expected the parameters of " + network.getClass().getSimpleName()
          + ", as save writes them: put the file into src/main/resources"));
    }
    try (in) {
      network.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the resource " + resource + ": "
              + (e.getMessage() == null ? "cannot be read (" + e + ")" : e.getMessage()),
          e);
    }
  }

  /**
   * PyTorch's default for the weight of {@code nn.Linear} and of convolutions, where {@code in} counts the values that the kernel reads: {@code uniform(-b, b)} with {@code b = 1 / sqrt(in)}, computed as {@code
   * kaiming_uniform_(a=sqrt(5))} does, which rounds differently.
   *
   * @param g where the numbers come from
   * @param weight of shape {@code [out, in]} or {@code [out, channels, kernel...]}
   */
  public static void pytorchDefault(Generator g, Parameter weight) {
    double a = Math.sqrt(5);
    // In this order: the square of sqrt(5) is 5.000000000000001.
    double gain = Math.sqrt(2.0 / (1 + a * a));
    uniform(g, weight, Math.sqrt(3.0) * (gain / Math.sqrt(in(weight))));
  }

  /**
   * PyTorch's default for the bias of {@code nn.Linear} and of convolutions: {@code uniform(-b, b)} with {@code b = 1 / sqrt(in)}.
   *
   * @param g where the numbers come from
   * @param bias of shape {@code [out]}
   * @param in the number of inputs of its layer
   */
  public static void pytorchDefault(Generator g, Parameter bias, int in) {
    uniform(g, bias, 1 / Math.sqrt(in));
  }

  /** PyTorch's default for the weight of {@code nn.Embedding}: {@code normal(0, 1)}. */
  public static void standardNormal(Generator g, Parameter weight) {
    g.normal(weight.view(), 0, 1);
  }

  /** {@code torch.nn.init.xavier_uniform_}. */
  public static void xavierUniform(Generator g, Parameter weight) {
    double std = Math.sqrt(2.0 / (in(weight) + out(weight)));
    uniform(g, weight, Math.sqrt(3.0) * std);
  }

  /** {@code torch.nn.init.xavier_normal_}. */
  public static void xavierNormal(Generator g, Parameter weight) {
    g.normal(weight.view(), 0, Math.sqrt(2.0 / (in(weight) + out(weight))));
  }

  /** {@code torch.nn.init.kaiming_uniform_(nonlinearity="relu")}. */
  public static void kaimingUniformRelu(Generator g, Parameter weight) {
    uniform(g, weight, Math.sqrt(3.0) * (Math.sqrt(2.0) / Math.sqrt(in(weight))));
  }

  /** {@code torch.nn.init.kaiming_normal_(nonlinearity="relu")}. */
  public static void kaimingNormalRelu(Generator g, Parameter weight) {
    g.normal(weight.view(), 0, Math.sqrt(2.0) / Math.sqrt(in(weight)));
  }

  private static void uniform(Generator g, Parameter parameter, double bound) {
    g.uniform(parameter.view(), -bound, bound);
  }

  private static int in(Parameter weight) {
    return weight.view().size() / weight.view().shape()[0];
  }

  /** The outputs that an input contributes to: of a convolution, those of the whole kernel. */
  private static int out(Parameter weight) {
    return weight.view().size() / weight.view().shape()[1];
  }
}
