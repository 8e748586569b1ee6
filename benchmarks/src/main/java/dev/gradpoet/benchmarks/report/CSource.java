package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;
import java.util.List;

/** Prints the C twin of a shape: every size is a constant. */
final class CSource {

  /** The layout of the weights, which determines the order of the loops. Which one is faster with gcc depends on the shape. */
  enum Layout {
    /** {@code w[in][out]}: the inner loop adds a row to all sums. */
    BY_INPUT,
    /** {@code w[out][in]}, PyTorch's: each output is a dot product. */
    BY_OUTPUT
  }

  private static final String HEAD = """
      #include <stdio.h>
      #include <stdlib.h>
      #include <time.h>

      #define ALIGNED __attribute__((aligned(64)))
      """;

  private static final String TIMING = """

      static double now(void) {
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return t.tv_sec * 1e9 + t.tv_nsec;
      }

      /* nanoseconds a call, of n calls; the barrier keeps each of them */
      static double timed(long n) {
        double start = now();
        for (long i = 0; i < n; i++) {
          forward();
          __asm__ volatile("" ::: "memory");
        }
        return (now() - start) / n;
      }

      int main(int argc, char **argv) {
        FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
        if (!file || !load(file)) {
          fprintf(stderr, "no data\\n");
          return 1;
        }
        long n = 1;
        while (timed(n) * n < 2e8) {
          n *= 2;
        }
        double fastest = timed(n);
        for (int i = 0; i < 4; i++) {
          double time = timed(n);
          fastest = time < fastest ? time : fastest;
        }
        printf("%.3f\\n", fastest);
        for (int i = 0; i < ROWS * OUT; i++) {
          printf("%.9g\\n", y[i / OUT][i % OUT]);
        }
        return 0;
      }
      """;

  private final List<Integer> widths;
  private final int rows;
  private final Layout layout;

  CSource(Shape shape, int rows, Layout layout) {
    this.widths = shape.widths();
    this.rows = rows;
    this.layout = layout;
  }

  String text() {
    int last = widths.size() - 1;
    StringBuilder text = new StringBuilder(HEAD);
    text.append("#define ROWS ").append(rows).append("\n#define OUT ").append(widths.get(last));
    text.append("\n\nstatic float x[ROWS][").append(widths.get(0)).append("] ALIGNED;\n");
    text.append("static float y[ROWS][OUT] ALIGNED;\n");
    StringBuilder load =
        new StringBuilder("\nstatic int load(FILE *f) {\n  size_t n = 0, all = sizeof x;\n");
    StringBuilder forward =
        new StringBuilder("\nstatic void forward(void) {\n  for (int r = 0; r < ROWS; r++) {\n");
    for (int i = 0; i < last; i++) {
      layer(text, i);
      load.append("  n += fread(w%1$d, 1, sizeof w%1$d, f) + fread(b%1$d, 1, sizeof b%1$d, f);\n"
          .formatted(i));
      load.append("  all += sizeof w%1$d + sizeof b%1$d;\n".formatted(i));
      String from = i == 0 ? "x[r]" : "h" + (i - 1);
      String to = i == last - 1 ? "y[r]" : "h" + i;
      if (i < last - 1) {
        forward.append("    float h%d[%d] ALIGNED;\n".formatted(i, widths.get(i + 1)));
      }
      forward.append("    layer%d(%s, %s);\n".formatted(i, from, to));
    }
    load.append("  n += fread(x, 1, sizeof x, f);\n  return n == all;\n}\n");
    return text.append(forward).append("  }\n}\n").append(load).append(TIMING).toString();
  }

  private void layer(StringBuilder text, int i) {
    boolean last = i == widths.size() - 2;
    String body = layout == Layout.BY_INPUT ? byInput(last) : byOutput(last);
    text.append(body.formatted(i, widths.get(i), widths.get(i + 1)));
  }

  private static String byInput(boolean last) {
    return """

        static float w%1$d[%2$d][%3$d] ALIGNED, b%1$d[%3$d] ALIGNED;

        static inline void layer%1$d(const float *restrict in, float *restrict out) {
          float sum[%3$d] ALIGNED;
          for (int o = 0; o < %3$d; o++) sum[o] = b%1$d[o];
          for (int i = 0; i < %2$d; i++)
            for (int o = 0; o < %3$d; o++) sum[o] += in[i] * w%1$d[i][o];
          for (int o = 0; o < %3$d; o++) out[o] = RESULT;
        }
        """.replace("RESULT", last ? "sum[o]" : "sum[o] > 0 ? sum[o] : 0");
  }

  private static String byOutput(boolean last) {
    return """

        static float w%1$d[%3$d][%2$d] ALIGNED, b%1$d[%3$d] ALIGNED;

        static inline void layer%1$d(const float *restrict in, float *restrict out) {
          for (int o = 0; o < %3$d; o++) {
            float sum = b%1$d[o];
            for (int i = 0; i < %2$d; i++) sum += in[i] * w%1$d[o][i];
            out[o] = RESULT;
          }
        }
        """.replace("RESULT", last ? "sum" : "sum > 0 ? sum : 0");
  }
}
