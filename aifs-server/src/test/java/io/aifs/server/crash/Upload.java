package io.aifs.server.crash;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.open.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One asset to be put. */
@SuppressWarnings("ArrayRecordComponent") // content on its way to the store; never compared
record Upload(
    Name namespace, byte[] content, Optional<TreePath> path, Optional<WriteRequest> request) {

  /** Puts it at once. */
  Operation whole() {
    return Operation.of("put " + this, this::putWhole, this::applyTo);
  }

  void putWhole(Engine engine) {
    try (PutSession session = begin(engine)) {
      session.write(content, 0, content.length);
      finish(session);
    }
  }

  PutSession begin(Engine engine) {
    PutHeader header =
        new PutHeader(
            AssetKind.BLOB,
            Map.of(),
            List.of(),
            new byte[0],
            path.map(
                at -> new PutHeader.Placement(Name.MAIN_BRANCH, at, FileAttributes.PLAIN_FILE)));
    return engine.assets().beginPut(Workload.row(engine, namespace), header);
  }

  void finish(PutSession session) {
    Digest id = session.finish(request).id();
    if (!id.equals(Digest.of(content))) {
      throw new SimulationFailure("put of " + this + " gave id " + id);
    }
  }

  void applyTo(Model model) {
    model.space(namespace).put(Digest.of(content), content, path);
  }

  @Override
  public String toString() {
    return Digest.of(content).hex().substring(0, 8)
        + " of "
        + content.length
        + " bytes at "
        + path.map(TreePath::value).orElse("(no path)")
        + " in "
        + namespace;
  }
}
