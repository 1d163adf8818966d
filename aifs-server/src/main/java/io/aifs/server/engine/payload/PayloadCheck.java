package io.aifs.server.engine.payload;

import io.aifs.core.model.AssetKind;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;

/** Knows what the kinds demand of content. Thread-safe; memory does not grow with the content. */
public interface PayloadCheck {
  /** By the schemas that are published. */
  PayloadCheck OF_SCHEMAS = new SchemaPayloads();

  /**
   * Returns if content is a payload of its kind.
   *
   * @throws PayloadInvalidException saying what is wrong, and where
   * @throws IOException if the content cannot be read
   */
  void require(AssetKind kind, ByteSource content) throws PayloadInvalidException, IOException;

  /**
   * The vectors of a payload of kind {@link AssetKind#EMBED}.
   *
   * @throws PayloadInvalidException if it is none
   * @throws IOException if the content cannot be read
   */
  PayloadVectors vectors(ByteSource content) throws PayloadInvalidException, IOException;
}
