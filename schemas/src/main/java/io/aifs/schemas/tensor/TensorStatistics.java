package io.aifs.schemas.tensor;

/**
 * What is said of a tensor's values.
 *
 * @param count of all values
 * @param nans values that are no numbers
 * @param infinities values that are infinite
 * @param zeros values that are 0
 * @param min least of the finite values; NaN if there are none
 * @param max greatest of them; NaN if there are none
 * @param mean of them; NaN if there are none
 * @param deviation standard deviation of them, as of a whole population; NaN if there are none
 * @param norm root of the sum of their squares
 */
public record TensorStatistics(
    long count,
    long nans,
    long infinities,
    long zeros,
    double min,
    double max,
    double mean,
    double deviation,
    double norm) {}
