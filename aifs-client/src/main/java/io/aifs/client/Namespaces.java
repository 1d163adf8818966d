package io.aifs.client;

import io.aifs.core.model.Name;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The namespaces of a store. Thread-safe. */
public interface Namespaces {
  /** All that the token may see, in order of name. */
  List<NamespaceInfo> list();

  NamespaceInfo get(Name name);

  void create(Name name, String description, Map<String, String> metadata);

  /** A namespace. */
  record NamespaceInfo(
      Name name, String description, Instant createdAt, Map<String, String> metadata) {
    public NamespaceInfo {
      metadata = Map.copyOf(metadata);
    }
  }
}
