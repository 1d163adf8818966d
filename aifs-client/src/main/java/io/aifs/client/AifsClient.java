package io.aifs.client;

import io.aifs.core.model.Name;

/**
 * A connection to a store and one of its namespaces: embedded, over a Unix socket, or remote; the
 * same in each case. Thread-safe. Every call throws {@link io.aifs.core.AifsException} with a
 * reason and a hint, and ends by its deadline.
 */
public interface AifsClient extends AutoCloseable {
  /** Assets of the namespace by id. */
  Assets assets();

  /** Paths of the namespace's branches. */
  Tree tree();

  /** Signed snapshots of the namespace. */
  History history();

  /** Branches and tags of the namespace. */
  Refs refs();

  /** The keys that the namespace's snapshots are signed with. */
  SigningKeys signingKeys();

  /** The namespaces of the store. */
  Namespaces namespaces();

  /** The store itself: health, status, checks. */
  Maintenance maintenance();

  /** What the store does by itself while it is served. */
  Jobs jobs();

  /** Many changes that become visible at one instant. */
  Transactions transactions();

  /** What happens in the namespace. */
  Events events();

  /** What the namespace demands of what is put. */
  Policies policies();

  /** The versions of the store that this connection has seen, and will see at least. */
  Versions versions();

  /** Which asset of the namespace was made from which, and what keeps one. */
  Lineage lineage();

  /** What users say of assets, snapshots, refs and things outside. */
  Associations associations();

  /** What assets of the namespace mean, as vectors, and what means the like. */
  Search search();

  /** The tensors inside assets. */
  Tensors tensors();

  /** The tokens of the store. */
  Tokens tokens();

  /** The store's log of who did what. */
  Audit audit();

  /** The namespace that {@link #assets} and {@link #tree} speak of. */
  Name namespace();

  /** The same connection for another namespace; closing either closes both. */
  AifsClient withNamespace(Name namespace);

  @Override
  void close();
}
