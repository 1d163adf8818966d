package io.aifs.client.internal;

import io.aifs.client.AifsClient;
import io.aifs.client.Assets;
import io.aifs.client.History;
import io.aifs.client.Jobs;
import io.aifs.client.Maintenance;
import io.aifs.client.Namespaces;
import io.aifs.client.Refs;
import io.aifs.client.SigningKeys;
import io.aifs.client.SnapshotCheck;
import io.aifs.client.Tree;
import io.aifs.client.trust.KeyTrust;
import io.aifs.client.trust.KnownKeys;
import io.aifs.client.trust.SnapshotTrust;
import io.aifs.core.model.Name;
import java.util.Optional;

/** A client of one namespace over a connection that other namespaces may share. */
final class GrpcAifsClient implements AifsClient {
  private final Connection connection;
  private final Caller caller;
  private final StoreRules rules;
  private final Name namespace;
  private final Assets assets;
  private final Tree tree;
  private final Optional<KeyTrust> trust;
  private final GrpcSigningKeys signingKeys;
  private final History history;
  private final Refs refs;
  private final Namespaces namespaces;
  private final Maintenance maintenance;
  private final Jobs jobs;

  /**
   * @param trust decides whose snapshots are believed; empty believes the server
   */
  GrpcAifsClient(
      Connection connection,
      Caller caller,
      StoreRules rules,
      Optional<KeyTrust> trust,
      Name namespace) {
    this.connection = connection;
    this.caller = caller;
    this.rules = rules;
    this.namespace = namespace;
    this.assets = new GrpcAssets(caller, rules, namespace);
    this.tree = new GrpcTree(caller, namespace);
    this.trust = trust;
    this.signingKeys =
        new GrpcSigningKeys(
            caller, namespace, trust.orElseGet(() -> new KeyTrust(KnownKeys.inMemory(), "any")));
    this.history = new GrpcHistory(caller, namespace, check());
    this.refs = new GrpcRefs(caller, namespace);
    this.namespaces = new GrpcNamespaces(caller);
    this.maintenance = new GrpcMaintenance(caller, namespace);
    this.jobs = new GrpcJobs(caller);
  }

  private SnapshotCheck check() {
    return trust
        .<SnapshotCheck>map(keys -> new SnapshotTrust(namespace, keys, signingKeys::ask))
        .orElse(SnapshotCheck.NONE);
  }

  @Override
  public Assets assets() {
    return assets;
  }

  @Override
  public Tree tree() {
    return tree;
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public Refs refs() {
    return refs;
  }

  @Override
  public SigningKeys signingKeys() {
    return signingKeys;
  }

  @Override
  public Namespaces namespaces() {
    return namespaces;
  }

  @Override
  public Maintenance maintenance() {
    return maintenance;
  }

  @Override
  public Jobs jobs() {
    return jobs;
  }

  @Override
  public Name namespace() {
    return namespace;
  }

  @Override
  public AifsClient withNamespace(Name other) {
    return other.equals(namespace)
        ? this
        : new GrpcAifsClient(connection, caller, rules, trust, other);
  }

  @Override
  public void close() {
    connection.close();
  }

  @Override
  public String toString() {
    return "AifsClient[namespace " + namespace + "]";
  }
}
