package dev.gradpoet.processor.write;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * An empty interface that extends a declaration, as a class file. It stands in for a declaration that no other source file can refer to without a
 * warning, and declares nothing itself.
 */
final class StandIn {

  private static final int MAGIC = 0xCAFEBABE;
  private static final int JAVA_17 = 61;
  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int ABSTRACT_INTERFACE = 0x0600;

  private StandIn() {}

  /**
   * The class file.
   *
   * @param name the binary name of the interface
   * @param declaration the binary name of the interface that it extends
   */
  static byte[] bytes(String name, String declaration) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeShort(0);
    out.writeShort(JAVA_17);
    String[] classes = {name, "java.lang.Object", declaration};
    out.writeShort(1 + 2 * classes.length);
    for (int i = 0; i < classes.length; i++) {
      out.writeByte(UTF8);
      out.writeUTF(classes[i].replace('.', '/'));
      out.writeByte(CLASS);
      out.writeShort(1 + 2 * i);
    }
    out.writeShort(ABSTRACT_INTERFACE);
    out.writeShort(2); // this class
    out.writeShort(4); // its superclass
    out.writeShort(1);
    out.writeShort(6); // its only interface
    out.writeShort(0); // fields
    out.writeShort(0); // methods
    out.writeShort(0); // attributes
    return bytes.toByteArray();
  }
}
