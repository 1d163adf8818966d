package io.aifs.server.engine.tensor;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.server.engine.ContentReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file of tensors, open to read. Thread-safe. */
record OpenTensors(ContentReader content, TensorLayout layout) {
  Digest asset() {
    return content.info().id();
  }

  /**
   * The tensor of a name.
   *
   * @throws AifsException.NotFound if there is none
   */
  TensorEntry require(String name) {
    return layout.find(name).orElseThrow(() -> unknown(name));
  }

  /** The same of many. */
  List<TensorEntry> requireAll(List<String> names) {
    Map<String, TensorEntry> byName = new HashMap<>();
    layout.tensors().forEach(tensor -> byName.put(tensor.name(), tensor));
    List<TensorEntry> found = new ArrayList<>(names.size());
    for (String name : names) {
      TensorEntry tensor = byName.get(name);
      if (tensor == null) {
        throw unknown(name);
      }
      found.add(tensor);
    }
    return found;
  }

  private AifsException.NotFound unknown(String name) {
    return new AifsException.NotFound(
        Reason.TENSOR_NOT_FOUND,
        "asset " + asset() + " has no tensor '" + name + "'",
        "'aifs stat' lists the tensors of a file");
  }
}
