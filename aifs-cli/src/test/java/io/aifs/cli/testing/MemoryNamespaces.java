package io.aifs.cli.testing;

import io.aifs.client.Namespaces;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Namespaces in memory. */
record MemoryNamespaces(MemoryStore store) implements Namespaces {
  @Override
  public List<NamespaceInfo> list() {
    return store.spaces.keySet().stream().map(this::get).toList();
  }

  @Override
  public NamespaceInfo get(Name name) {
    store.space(name);
    return new NamespaceInfo(name, "about " + name, Instant.EPOCH, Map.of("team", "a"));
  }

  @Override
  public void create(Name name, String description, Map<String, String> metadata) {
    if (store.spaces.putIfAbsent(name, new MemorySpace(name)) != null) {
      throw new AifsException.AlreadyExists(
          Reason.NAMESPACE_EXISTS, "namespace '" + name + "' exists", "choose another name");
    }
  }
}
