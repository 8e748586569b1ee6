package dev.gradpoet.runtime.support;

/** Refuses what no heap of this virtual machine could hold, before anything is allocated. */
public final class Heap {

  /** The longest array that HotSpot makes. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private Heap() {}

  /**
   * Checks that an array may be so long.
   *
   * @param what what is to be allocated, for the text
   * @param length its length
   * @param bytes of a value
   * @return the length
   * @throws IllegalArgumentException if it is more than an array or the heap holds
   */
  public static int array(String what, long length, int bytes) {
    if (length > LONGEST) {
      throw new IllegalArgumentException(what + " takes " + length + " values, expected at most "
          + LONGEST + ", the maximum array length: split it");
    }
    bytes(what, length * bytes);
    return (int) length;
  }

  /**
   * Checks that so many bytes may fit.
   *
   * @param what what is to be allocated, for the text
   * @throws IllegalArgumentException if they are more than the heap may ever have
   */
  public static void bytes(String what, long bytes) {
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw new IllegalArgumentException(what + " takes " + bytes + " bytes, expected at most "
          + most + ", the maximum heap size: use a smaller size, or start java with a larger -Xmx");
    }
  }
}
