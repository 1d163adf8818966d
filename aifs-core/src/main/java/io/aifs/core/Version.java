package io.aifs.core;

/** Which AIFS this is. */
public final class Version {
  /** The release; a test keeps it equal to the build's version. */
  public static final String VALUE = "0.1.0-SNAPSHOT";

  private Version() {}
}
