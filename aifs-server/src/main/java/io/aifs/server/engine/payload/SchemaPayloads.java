package io.aifs.server.engine.payload;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.VectorMetric;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.embed.EmbedReader;
import io.aifs.schemas.payload.Payloads;
import java.io.IOException;

/** What kinds demand, as module schemas has it. */
final class SchemaPayloads implements PayloadCheck {
  @Override
  public void require(AssetKind kind, ByteSource content)
      throws PayloadInvalidException, IOException {
    Payloads.validate(kind, content);
  }

  @Override
  public PayloadVectors vectors(ByteSource content) throws PayloadInvalidException, IOException {
    EmbedReader reader = EmbedReader.open(content);
    return new PayloadVectors() {
      @Override
      public String model() {
        return reader.model();
      }

      @Override
      public int dimension() {
        return reader.dimension();
      }

      @Override
      public VectorMetric metric() {
        return reader.metric();
      }

      @Override
      public long count() {
        return reader.count();
      }

      @Override
      public String source(long at) throws PayloadInvalidException, IOException {
        return reader.source(at);
      }

      @Override
      public float[] vector(long at) throws PayloadInvalidException, IOException {
        return reader.vector(at);
      }
    };
  }
}
