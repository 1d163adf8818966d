package io.aifs.schemas.tensor;

/**
 * Sums up finite values block by block: each block about its own mean, so that nothing is lost
 * where values are far from 0 or very many. For one thread.
 */
final class Moments {
  /** Between these, squares are exact enough as they are. */
  private static final double SQUARED_MIN = 1e-140;

  private static final double SQUARED_MAX = 1e140;

  /** Above, the sum of a block may be no double. */
  private static final double SUMMED_MAX = 1e300;

  private long count;
  private double mean;
  private double squares;
  private double norm;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  void add(double[] values, int length) {
    if (length == 0) {
      return;
    }
    double least = values[0];
    double most = values[0];
    for (int i = 1; i < length; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    double maxAbs = Math.max(Math.abs(least), Math.abs(most));
    double blockMean = mean(values, length, maxAbs);
    double blockSquares = 0;
    for (int i = 0; i < length; i++) {
      double off = values[i] - blockMean;
      blockSquares += off * off;
    }
    merge(length, blockMean, blockSquares);
    norm = Math.hypot(norm, norm(values, length, maxAbs));
    min = Math.min(min, least);
    max = Math.max(max, most);
  }

  /** Adds so many zeros. */
  void addZeros(long length) {
    if (length > 0) {
      merge(length, 0, 0);
      min = Math.min(min, 0);
      max = Math.max(max, 0);
    }
  }

  private void merge(long length, double otherMean, double otherSquares) {
    double share = (double) length / (count + length);
    if (count == 0) {
      mean = otherMean;
      squares = otherSquares;
    } else {
      double off = otherMean - mean;
      mean = Double.isInfinite(off) ? mean * (1 - share) + otherMean * share : mean + off * share;
      squares += otherSquares + off * off * share * count;
    }
    count += length;
  }

  private static double mean(double[] values, int length, double maxAbs) {
    double sum = 0;
    double share = maxAbs > SUMMED_MAX ? length : 1;
    for (int i = 0; i < length; i++) {
      sum += values[i] / share;
    }
    return share > 1 ? sum : sum / length;
  }

  private static double norm(double[] values, int length, double maxAbs) {
    if (maxAbs == 0 || maxAbs == Double.POSITIVE_INFINITY) {
      return maxAbs;
    }
    double unit = maxAbs < SQUARED_MIN || maxAbs > SQUARED_MAX ? maxAbs : 1;
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double part = values[i] / unit;
      sum += part * part;
    }
    return unit * Math.sqrt(sum);
  }

  long count() {
    return count;
  }

  /** NaN of none, as are the next three. */
  double min() {
    return count == 0 ? Double.NaN : min;
  }

  double max() {
    return count == 0 ? Double.NaN : max;
  }

  double mean() {
    return count == 0 ? Double.NaN : mean;
  }

  /** As of a whole population. */
  double deviation() {
    return count == 0 ? Double.NaN : Math.sqrt(squares / count);
  }

  /** Root of the sum of the squares. */
  double norm() {
    return norm;
  }
}
