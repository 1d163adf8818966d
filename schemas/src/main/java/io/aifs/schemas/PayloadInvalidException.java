package io.aifs.schemas;

import static java.util.Objects.requireNonNull;

/** Content is not what its kind or format demands. The message says what is wrong. */
public final class PayloadInvalidException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String place;

  /**
   * @param place where in the content, as {@code byte 12}, {@code tensor 'w'}, {@code entry 'a/b'}
   * @param what what is wrong there, without the place
   */
  public PayloadInvalidException(String place, String what) {
    super(place + ": " + what);
    this.place = requireNonNull(place, "place is null");
  }

  /** Where in the content. */
  public String place() {
    return place;
  }
}
