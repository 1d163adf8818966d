package io.aifs.schemas;

import io.aifs.core.model.AssetKind;
import java.io.IOException;

/** Whether content is what its kind demands. Stateless; memory does not grow with the content. */
public final class Payloads {
  /**
   * Returns if content is a payload of its kind. Blobs may be anything.
   *
   * @throws PayloadInvalidException saying what is wrong, and where
   */
  public static void validate(AssetKind kind, ByteSource source)
      throws PayloadInvalidException, IOException {
    if (kind != AssetKind.BLOB) {
      throw new UnsupportedOperationException();
    }
  }

  private Payloads() {}
}
