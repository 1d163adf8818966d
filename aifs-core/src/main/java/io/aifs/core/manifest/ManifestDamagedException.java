package io.aifs.core.manifest;

import java.io.IOException;
import java.io.Serial;

/** A manifest, or a page of one, is missing or is not what its asset needs. */
public final class ManifestDamagedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public ManifestDamagedException(String message) {
    super(message);
  }
}
