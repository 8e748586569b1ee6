package dev.gradpoet.runtime.math;

/**
 * Sums and dot products of {@code float} in a fixed order: 16 chains side by side, added by a tree, so that the result is the same with vectors of
 * any width and without.
 *
 * <p>Chain l (0 to 15) takes the elements l, l + 16, l + 32, ... in order, starting from +0; values beyond the length are not read. The tree then
 * adds the upper half of the chains to the lower: {@code t[l] = c[l] + c[l + 8]}, then {@code t[l] + t[l + 4]}, {@code t[l] + t[l + 2]} and
 * {@code t[0] + t[1]}.
 *
 * <p>The chains are local variables because an array would cause memory traffic in the inner loop. Each method stays below the 325 bytes of byte code
 * up to which HotSpot inlines a hot method.
 */
public final class FloatChains {

  private FloatChains() {}

  /**
   * The sum of the first {@code length} values of a row.
   *
   * @param length at most the row's length; 0 gives +0
   */
  public static float sum(float[] row, int length) {
    return sum(row, 0, length);
  }

  /**
   * The sum of the {@code length} values of an array from {@code from} on; the first of them begins chain 0.
   *
   * @param from the index of the first value
   * @param length at most the number of values from there on; 0 gives +0
   */
  public static float sum(float[] row, int from, int length) {
    if (length <= 16) {
      return 0f + sumOfNarrow(row, from, length);
    }
    int end = from + length;
    int i = from;
    float c0 = 0f;
    float c1 = 0f;
    float c2 = 0f;
    float c3 = 0f;
    float c4 = 0f;
    float c5 = 0f;
    float c6 = 0f;
    float c7 = 0f;
    float c8 = 0f;
    float c9 = 0f;
    float c10 = 0f;
    float c11 = 0f;
    float c12 = 0f;
    float c13 = 0f;
    float c14 = 0f;
    float c15 = 0f;
    for (; i + 16 <= end; i += 16) {
      c0 += row[i];
      c1 += row[i + 1];
      c2 += row[i + 2];
      c3 += row[i + 3];
      c4 += row[i + 4];
      c5 += row[i + 5];
      c6 += row[i + 6];
      c7 += row[i + 7];
      c8 += row[i + 8];
      c9 += row[i + 9];
      c10 += row[i + 10];
      c11 += row[i + 11];
      c12 += row[i + 12];
      c13 += row[i + 13];
      c14 += row[i + 14];
      c15 += row[i + 15];
    }
    return sumOfLast(
        row, i, end, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15);
  }

  /** Adds a value to a chain, if the row has one at the index. */
  private static float add(float[] row, int i, int end, float c) {
    return i < end ? c + row[i] : c;
  }

  /** The tree over the chains, after the first of them have each added one of the remaining values from {@code at} on. */
  private static float sumOfLast(
      float[] row,
      int at,
      int end,
      float c0,
      float c1,
      float c2,
      float c3,
      float c4,
      float c5,
      float c6,
      float c7,
      float c8,
      float c9,
      float c10,
      float c11,
      float c12,
      float c13,
      float c14,
      float c15) {
    return tree(
        add(row, at, end, c0),
        add(row, at + 1, end, c1),
        add(row, at + 2, end, c2),
        add(row, at + 3, end, c3),
        add(row, at + 4, end, c4),
        add(row, at + 5, end, c5),
        add(row, at + 6, end, c6),
        add(row, at + 7, end, c7),
        add(row, at + 8, end, c8),
        add(row, at + 9, end, c9),
        add(row, at + 10, end, c10),
        add(row, at + 11, end, c11),
        add(row, at + 12, end, c12),
        add(row, at + 13, end, c13),
        add(row, at + 14, end, c14),
        add(row, at + 15, end, c15));
  }

  /** The tree over at most one value per chain; with a constant length, only these values cost time. */
  private static float sumOfNarrow(float[] row, int from, int length) {
    return tree(
        length > 0 ? row[from] : 0f,
        length > 1 ? row[from + 1] : 0f,
        length > 2 ? row[from + 2] : 0f,
        length > 3 ? row[from + 3] : 0f,
        length > 4 ? row[from + 4] : 0f,
        length > 5 ? row[from + 5] : 0f,
        length > 6 ? row[from + 6] : 0f,
        length > 7 ? row[from + 7] : 0f,
        length > 8 ? row[from + 8] : 0f,
        length > 9 ? row[from + 9] : 0f,
        length > 10 ? row[from + 10] : 0f,
        length > 11 ? row[from + 11] : 0f,
        length > 12 ? row[from + 12] : 0f,
        length > 13 ? row[from + 13] : 0f,
        length > 14 ? row[from + 14] : 0f,
        length > 15 ? row[from + 15] : 0f);
  }

  /**
   * {@code start} plus the dot product of the first {@code length} values of two rows, every
   * product added by one {@code Math.fma}; chain 0 starts from {@code start}.
   *
   * @param start the value that is added first, usually the bias
   * @param length at most either row's length; 0 gives {@code start} (-0 as +0)
   */
  public static float dot(float start, float[] a, float[] b, int length) {
    int i = 0;
    float c0 = start;
    float c1 = 0f;
    float c2 = 0f;
    float c3 = 0f;
    float c4 = 0f;
    float c5 = 0f;
    float c6 = 0f;
    float c7 = 0f;
    float c8 = 0f;
    float c9 = 0f;
    float c10 = 0f;
    float c11 = 0f;
    float c12 = 0f;
    float c13 = 0f;
    float c14 = 0f;
    float c15 = 0f;
    for (; i + 16 <= length; i += 16) {
      c0 = fma(a, b, i, c0);
      c1 = fma(a, b, i + 1, c1);
      c2 = fma(a, b, i + 2, c2);
      c3 = fma(a, b, i + 3, c3);
      c4 = fma(a, b, i + 4, c4);
      c5 = fma(a, b, i + 5, c5);
      c6 = fma(a, b, i + 6, c6);
      c7 = fma(a, b, i + 7, c7);
      c8 = fma(a, b, i + 8, c8);
      c9 = fma(a, b, i + 9, c9);
      c10 = fma(a, b, i + 10, c10);
      c11 = fma(a, b, i + 11, c11);
      c12 = fma(a, b, i + 12, c12);
      c13 = fma(a, b, i + 13, c13);
      c14 = fma(a, b, i + 14, c14);
      c15 = fma(a, b, i + 15, c15);
    }
    return dotOfLast(
        a, b, i, length, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15);
  }

  /** Adds a product to a chain, if the rows have one at the index. */
  private static float fma(float[] a, float[] b, int i, int length, float c) {
    return i < length ? Math.fma(a[i], b[i], c) : c;
  }

  /** Like {@code sumOfLast}, with products. */
  private static float dotOfLast(
      float[] a,
      float[] b,
      int at,
      int length,
      float c0,
      float c1,
      float c2,
      float c3,
      float c4,
      float c5,
      float c6,
      float c7,
      float c8,
      float c9,
      float c10,
      float c11,
      float c12,
      float c13,
      float c14,
      float c15) {
    return tree(
        fma(a, b, at, length, c0),
        fma(a, b, at + 1, length, c1),
        fma(a, b, at + 2, length, c2),
        fma(a, b, at + 3, length, c3),
        fma(a, b, at + 4, length, c4),
        fma(a, b, at + 5, length, c5),
        fma(a, b, at + 6, length, c6),
        fma(a, b, at + 7, length, c7),
        fma(a, b, at + 8, length, c8),
        fma(a, b, at + 9, length, c9),
        fma(a, b, at + 10, length, c10),
        fma(a, b, at + 11, length, c11),
        fma(a, b, at + 12, length, c12),
        fma(a, b, at + 13, length, c13),
        fma(a, b, at + 14, length, c14),
        fma(a, b, at + 15, length, c15));
  }

  /** Adds a product to a chain; a separate method, because it halves the byte code of {@code dot}. */
  private static float fma(float[] a, float[] b, int i, float c) {
    return Math.fma(a[i], b[i], c);
  }

  /**
   * The tree over chains in an array.
   *
   * @param c the 16 chains, in the first places of an array that may be longer
   */
  public static float tree(float[] c) {
    return tree(
        c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11], c[12], c[13],
        c[14], c[15]);
  }

  /** The tree over the 16 chains. */
  private static float tree(
      float c0,
      float c1,
      float c2,
      float c3,
      float c4,
      float c5,
      float c6,
      float c7,
      float c8,
      float c9,
      float c10,
      float c11,
      float c12,
      float c13,
      float c14,
      float c15) {
    float t0 = c0 + c8;
    float t1 = c1 + c9;
    float t2 = c2 + c10;
    float t3 = c3 + c11;
    float t4 = c4 + c12;
    float t5 = c5 + c13;
    float t6 = c6 + c14;
    float t7 = c7 + c15;
    return ((t0 + t4) + (t2 + t6)) + ((t1 + t5) + (t3 + t7));
  }
}
