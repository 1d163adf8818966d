package io.aifs.schemas.layout;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.safetensors.SafetensorsHeader;
import java.io.IOException;
import java.util.List;

/** Where the tensors of safetensors files are. */
final class SafetensorsLayout {
  static TensorLayout read(ByteSource source) throws PayloadInvalidException, IOException {
    SafetensorsHeader header = SafetensorsHeader.read(source);
    return new TensorLayout(TensorFormat.SAFETENSORS, header.metadata(), entries(header));
  }

  /** Those of a header. */
  static List<TensorEntry> entries(SafetensorsHeader header) {
    return header.tensors().stream()
        .map(one -> new TensorEntry(one.name(), one.type(), header.bytes() + one.begin()))
        .toList();
  }

  private SafetensorsLayout() {}
}
