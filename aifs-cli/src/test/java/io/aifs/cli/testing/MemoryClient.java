package io.aifs.cli.testing;

import io.aifs.client.AifsClient;
import io.aifs.client.Assets;
import io.aifs.client.Associations;
import io.aifs.client.Audit;
import io.aifs.client.Events;
import io.aifs.client.History;
import io.aifs.client.Jobs;
import io.aifs.client.Lineage;
import io.aifs.client.Maintenance;
import io.aifs.client.Namespaces;
import io.aifs.client.Policies;
import io.aifs.client.Refs;
import io.aifs.client.Search;
import io.aifs.client.SigningKeys;
import io.aifs.client.Tensors;
import io.aifs.client.Tokens;
import io.aifs.client.Transactions;
import io.aifs.client.Tree;
import io.aifs.client.Versions;
import io.aifs.core.model.Name;
import java.util.Optional;

/** A client of a {@link MemoryStore}. */
record MemoryClient(MemoryStore store, Name namespace, Optional<MemoryTransactions.One> transaction)
    implements AifsClient {
  MemoryClient(MemoryStore store, Name namespace) {
    this(store, namespace, Optional.empty());
  }

  /** The same, whose changes of paths are staged. */
  MemoryClient within(MemoryTransactions.One one) {
    return new MemoryClient(store, namespace, Optional.of(one));
  }

  @Override
  public Assets assets() {
    return new MemoryAssets(store, namespace);
  }

  @Override
  public Tree tree() {
    Tree tree = new MemoryTree(store, namespace);
    return transaction.<Tree>map(one -> new StagedTree(tree, one)).orElse(tree);
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
  public Events events() {
    return new MemoryEvents(store);
  }

  @Override
  public Policies policies() {
    return store.policies;
  }

  @Override
  public Versions versions() {
    return store.versions;
  }

  @Override
  public Lineage lineage() {
    return new MemoryLineage(store, namespace);
  }

  @Override
  public Associations associations() {
    return new MemoryAssociations(store.space(namespace));
  }

  @Override
  public Search search() {
    return new MemorySearch(store.space(namespace));
  }

  @Override
  public Tensors tensors() {
    return new MemoryTensors(store, namespace);
  }

  @Override
  public Tokens tokens() {
    return store.tokens;
  }

  @Override
  public Audit audit() {
    return store.audit;
  }

  @Override
  public Transactions transactions() {
    return new MemoryTransactions(this, store.transactions);
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
