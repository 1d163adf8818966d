package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.PolicyRow;
import io.aifs.server.catalog.PolicyWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Records changes of policies. */
record RecordingPolicies(PolicyWriter writer, Consumer<JournalOp> ops) implements PolicyWriter {
  @Override
  public void add(long namespace, PolicyRow row) {
    writer.add(namespace, row);
    ops.accept(new PolicyOp.Add(namespace, row));
  }

  @Override
  public List<Long> namespaces() {
    return writer.namespaces();
  }

  @Override
  public long newest(long namespace) {
    return writer.newest(namespace);
  }

  @Override
  public Optional<PolicyRow> find(long namespace, long version) {
    return writer.find(namespace, version);
  }

  @Override
  public List<PolicyRow> versions(long namespace, Optional<Long> before, int limit) {
    return writer.versions(namespace, before, limit);
  }
}
