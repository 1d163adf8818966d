package io.aifs.schemas;

import io.aifs.core.model.AssetKind;
import io.aifs.schemas.artifact.ArtifactValidator;
import io.aifs.schemas.embed.EmbedValidator;
import io.aifs.schemas.tensor.TensorValidator;
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
    switch (kind) {
      case BLOB -> {}
      case TENSOR -> TensorValidator.validate(source);
      case EMBED -> EmbedValidator.validate(source);
      case ARTIFACT -> ArtifactValidator.validate(source);
    }
  }

  private Payloads() {}
}
