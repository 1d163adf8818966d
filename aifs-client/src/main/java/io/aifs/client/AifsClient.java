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

  /** The namespace that {@link #assets} and {@link #tree} speak of. */
  Name namespace();

  /** The same connection for another namespace; closing either closes both. */
  AifsClient withNamespace(Name namespace);

  @Override
  void close();
}
