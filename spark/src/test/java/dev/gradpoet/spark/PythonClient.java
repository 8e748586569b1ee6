package dev.gradpoet.spark;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * What PySpark is to a virtual machine: a client of Py4J's gateway, which knows objects by their ids and writes <a href="https://www.py4j.org/py4j_java_protocol.html">commands</a> line by line. Python
 * is not needed: the side that chooses constructors, overloads and conversions is Py4J's own, in this virtual machine.
 */
final class PythonClient implements Closeable {

  private final Socket socket;
  private final BufferedReader answers;

  PythonClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    answers =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** An object by its id. */
  record Ref(String id) {}

  /** What Python has for a method that returns nothing. */
  private static final String NOTHING = "v";

  /** Calls a constructor. */
  Ref construct(String type, Object... arguments) throws IOException {
    return (Ref) send("i\n" + type + "\n" + parts(arguments));
  }

  /** Calls a method. */
  Object call(Ref target, String method, Object... arguments) throws IOException {
    return send("c\n" + target.id() + "\n" + method + "\n" + parts(arguments));
  }

  /** Calls a static method. */
  Object callStatic(String type, String method, Object... arguments) throws IOException {
    return send("c\nz:" + type + "\n" + method + "\n" + parts(arguments));
  }

  /** Calls a method that returns an object. */
  Ref ref(Ref target, String method, Object... arguments) throws IOException {
    return (Ref) call(target, method, arguments);
  }

  /** An array of doubles, as {@code gateway.new_array} makes it. */
  Ref doubles(double... values) throws IOException {
    Ref array = (Ref) send("a\nc\n" + part("double") + part(values.length));
    for (int i = 0; i < values.length; i++) {
      send("a\ns\n" + array.id() + "\n" + part(i) + part(values[i]));
    }
    return array;
  }

  /** The length of an array. */
  int length(Ref array) throws IOException {
    return (Integer) send("a\ne\n" + array.id() + "\n");
  }

  private static String parts(Object... values) {
    StringBuilder parts = new StringBuilder();
    for (Object value : values) {
      parts.append(part(value));
    }
    return parts.toString();
  }

  /** A value as Python writes it: an int is an Integer where it fits, a float a Double. */
  private static String part(Object value) {
    if (value instanceof Ref ref) {
      return "r" + ref.id() + "\n";
    }
    if (value instanceof String text) {
      return "s" + text.replace("\\", "\\\\").replace("\n", "\\n") + "\n";
    }
    if (value instanceof Integer) {
      return "i" + value + "\n";
    }
    if (value instanceof Long) {
      return "L" + value + "\n";
    }
    if (value instanceof Boolean flag) {
      return flag ? "bTrue\n" : "bFalse\n";
    }
    if (value instanceof Double) {
      return "d" + value + "\n";
    }
    throw new IllegalArgumentException("no value of Python: " + value);
  }

  private Object send(String command) throws IOException {
    socket.getOutputStream().write((command + "e\n").getBytes(StandardCharsets.UTF_8));
    String answer = answers.readLine();
    // !y and a value, or !x and an exception, as an object or a text
    if (answer.startsWith("!xr")) {
      throw new IllegalStateException((String) call(new Ref(answer.substring(3)), "toString"));
    }
    if (!answer.startsWith("!y")) {
      throw new IllegalStateException(answer);
    }
    String value = answer.substring(3);
    return switch (answer.charAt(2)) {
      case 'i' -> Integer.valueOf(value);
      case 'L' -> Long.valueOf(value);
      case 'd' -> Double.valueOf(value);
      case 'b' -> Boolean.valueOf(value);
      case 's' -> value.replace("\\n", "\n").replace("\\\\", "\\");
      case 'v' -> NOTHING;
      case 'n' -> null;
      default -> new Ref(value);
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
