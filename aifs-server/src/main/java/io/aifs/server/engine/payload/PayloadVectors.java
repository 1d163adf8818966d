package io.aifs.server.engine.payload;

import io.aifs.core.model.VectorMetric;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;

/** The vectors of an Embed payload, read where they lie. For one thread at a time. */
public interface PayloadVectors {
  /** What made them; may be empty. */
  String model();

  int dimension();

  VectorMetric metric();

  long count();

  /** What a vector was made from; may be empty. */
  String source(long at) throws PayloadInvalidException, IOException;

  float[] vector(long at) throws PayloadInvalidException, IOException;
}
