package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.NamespaceWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Records changes of namespaces. */
record RecordingNamespaces(NamespaceWriter writer, Consumer<JournalOp> ops)
    implements NamespaceWriter {
  @Override
  public NamespaceRow create(NamespaceRow row) {
    NamespaceRow stored = writer.create(row);
    ops.accept(new NamespaceOp.Create(stored));
    return stored;
  }

  @Override
  public Optional<NamespaceRow> find(Name name) {
    return writer.find(name);
  }

  @Override
  public List<NamespaceRow> list(Optional<Name> after, int limit) {
    return writer.list(after, limit);
  }

  @Override
  public boolean sharesDomain(NamespaceRow namespace) {
    return writer.sharesDomain(namespace);
  }
}
