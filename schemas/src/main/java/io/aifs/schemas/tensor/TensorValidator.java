package io.aifs.schemas.tensor;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;

/** Whether content is a Tensor payload. Stateless. */
public final class TensorValidator {
  /**
   * Looks at the metadata of all record batches, and at no values, any of which are allowed.
   *
   * @throws PayloadInvalidException if it is none, saying what is wrong and where
   */
  public static void validate(ByteSource source) throws PayloadInvalidException, IOException {
    var _ = TensorFile.open(source);
  }

  private TensorValidator() {}
}
