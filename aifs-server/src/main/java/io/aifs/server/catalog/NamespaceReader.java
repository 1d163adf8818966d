package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import java.util.List;
import java.util.Optional;

/** Namespaces by name. */
public interface NamespaceReader {
  Optional<NamespaceRow> find(Name name);

  /** In order of name, those after {@code after}; at most {@code limit}. */
  List<NamespaceRow> list(Optional<Name> after, int limit);

  /** Whether another namespace has the same domain, and so the same chunks. */
  boolean sharesDomain(NamespaceRow namespace);
}
