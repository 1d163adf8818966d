package io.aifs.cli.testing;

import io.aifs.client.AifsClient;
import io.aifs.client.Assets;
import io.aifs.client.History;
import io.aifs.client.Jobs;
import io.aifs.client.Maintenance;
import io.aifs.client.Namespaces;
import io.aifs.client.Refs;
import io.aifs.client.SigningKeys;
import io.aifs.client.Tree;
import io.aifs.core.model.Name;

/** A client of a {@link MemoryStore}. */
record MemoryClient(MemoryStore store, Name namespace) implements AifsClient {
  @Override
  public Assets assets() {
    return new MemoryAssets(store, namespace);
  }

  @Override
  public Tree tree() {
    return new MemoryTree(store, namespace);
  }

  @Override
  public History history() {
    return new MemoryHistory(store, namespace);
  }

  @Override
  public Refs refs() {
    return new MemoryRefs(store, namespace);
  }

  @Override
  public SigningKeys signingKeys() {
    return new MemorySigningKeys(store, namespace);
  }

  @Override
  public Namespaces namespaces() {
    return new MemoryNamespaces(store);
  }

  @Override
  public Maintenance maintenance() {
    return new MemoryMaintenance(store, namespace);
  }

  @Override
  public Jobs jobs() {
    return new MemoryJobs(store);
  }

  @Override
  public AifsClient withNamespace(Name other) {
    return new MemoryClient(store, other);
  }

  @Override
  public void close() {
    store.closed = true;
  }
}
