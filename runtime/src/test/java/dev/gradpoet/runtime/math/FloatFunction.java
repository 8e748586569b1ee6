package dev.gradpoet.runtime.math;

/** The functions of {@link FloatMath}, each beside StrictMath's and with its documented error. */
enum FloatFunction {
  EXP(0.982) {
    @Override
    float of(float x) {
      return FloatMath.exp(x);
    }

    @Override
    double exact(double x) {
      return StrictMath.exp(x);
    }
  },
  EXPM1(1.440) {
    @Override
    float of(float x) {
      return FloatMath.expm1(x);
    }

    @Override
    double exact(double x) {
      return StrictMath.expm1(x);
    }
  },
  LOG(0.929) {
    @Override
    float of(float x) {
      return FloatMath.log(x);
    }

    @Override
    double exact(double x) {
      return StrictMath.log(x);
    }
  },
  LOG1P(1.269) {
    @Override
    float of(float x) {
      return FloatMath.log1p(x);
    }

    @Override
    double exact(double x) {
      return StrictMath.log1p(x);
    }
  },
  TANH(1.057) {
    @Override
    float of(float x) {
      return FloatMath.tanh(x);
    }

    @Override
    double exact(double x) {
      return StrictMath.tanh(x);
    }
  },
  SIGMOID(1.480) {
    @Override
    float of(float x) {
      return FloatMath.sigmoid(x);
    }

    @Override
    double exact(double x) {
      double e = StrictMath.exp(-Math.abs(x));
      return (x >= 0 ? 1 : e) / (1 + e);
    }
  };

  /** The largest error over all arguments, in ulp, as the Javadoc of FloatMath names it. */
  final double documentedError;

  FloatFunction(double documentedError) {
    this.documentedError = documentedError;
  }

  abstract float of(float x);

  abstract double exact(double x);

  /**
   * The error at x in units of the last place of the correctly rounded value; infinite for a wrong
   * sign, also of zero, and where only one of the two is NaN or an infinity.
   */
  double errorInUlp(float x) {
    float found = of(x);
    double exact = exact(x);
    float rounded = (float) exact;
    if (Float.isNaN(found) || !Float.isFinite(rounded)) {
      boolean same = Float.floatToIntBits(found) == Float.floatToIntBits(rounded);
      return same ? 0 : Double.POSITIVE_INFINITY;
    }
    boolean sameSign = Math.copySign(1f, found) == Math.copySign(1f, rounded);
    return sameSign ? Math.abs(found - exact) / Math.ulp(rounded) : Double.POSITIVE_INFINITY;
  }
}
