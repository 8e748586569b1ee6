package dev.gradpoet.runtime;

/**
 * The generator mt19937 of 32-bit words, as in M. Matsumoto and T. Nishimura, "Mersenne Twister: a 623-dimensionally
 * equidistributed uniform pseudo-random number generator", ACM TOMACS 8 (1998).
 */
final class MersenneTwister {

  static final int N = 624;
  private static final int M = 397;
  private static final int UPPER = 0x80000000;
  private static final int LOWER = 0x7fffffff;
  private static final int MATRIX = 0x9908b0df;

  private final int[] state = new int[N];
  private int next;

  /** Seeds with the low 32 bits, as {@code init_genrand}. */
  MersenneTwister(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
    next = N;
  }

  /** The state: 624 words, and the index of the next one. */
  long[] state() {
    long[] copy = new long[N + 1];
    for (int i = 0; i < N; i++) {
      copy[i] = Integer.toUnsignedLong(state[i]);
    }
    copy[N] = next;
    return copy;
  }

  /** A generator with a given state. */
  static MersenneTwister of(long[] state) {
    MersenneTwister twister = new MersenneTwister(0);
    for (int i = 0; i < N; i++) {
      twister.state[i] = (int) state[i];
    }
    twister.next = (int) state[N];
    return twister;
  }

  /** The next word: 32 random bits. */
  int nextWord() {
    if (next == N) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  /** 64 bits from two words, the first one high. */
  long nextLong() {
    long high = nextWord();
    return high << 32 | Integer.toUnsignedLong(nextWord());
  }

  /** A number in [0, 1) from 24 bits of a word, as PyTorch computes it. */
  float nextFloat() {
    return (nextWord() & 0xffffff) * 0x1p-24f;
  }

  /** A number in [0, 1) from 53 bits of two words, as PyTorch computes it. */
  double nextDouble() {
    return (nextLong() & ((1L << 53) - 1)) * 0x1p-53;
  }

  private void twist() {
    for (int i = 0; i < N; i++) {
      int y = (state[i] & UPPER) | (state[(i + 1) % N] & LOWER);
      state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : MATRIX);
    }
    next = 0;
  }
}
