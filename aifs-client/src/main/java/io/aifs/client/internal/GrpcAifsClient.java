package io.aifs.client.internal;

import io.aifs.client.AifsClient;
import io.aifs.client.Assets;
import io.aifs.client.History;
import io.aifs.client.Jobs;
import io.aifs.client.Maintenance;
import io.aifs.client.Namespaces;
import io.aifs.client.Refs;
import io.aifs.client.SnapshotCheck;
import io.aifs.client.Tree;
import io.aifs.core.model.Name;

/** A client of one namespace over a connection that other namespaces may share. */
final class GrpcAifsClient implements AifsClient {
  private final Connection connection;
  private final Caller caller;
  private final StoreRules rules;
  private final Name namespace;
  private final Assets assets;
  private final Tree tree;
  private final SnapshotCheck check;
  private final History history;
  private final Refs refs;
  private final Namespaces namespaces;
  private final Maintenance maintenance;
  private final Jobs jobs;

  GrpcAifsClient(
      Connection connection, Caller caller, StoreRules rules, SnapshotCheck check, Name namespace) {
    this.connection = connection;
    this.caller = caller;
    this.rules = rules;
    this.namespace = namespace;
    this.assets = new GrpcAssets(caller, rules, namespace);
    this.tree = new GrpcTree(caller, namespace);
    this.check = check;
    this.history = new GrpcHistory(caller, namespace, check);
    this.refs = new GrpcRefs(caller, namespace);
    this.namespaces = new GrpcNamespaces(caller);
    this.maintenance = new GrpcMaintenance(caller, namespace);
    this.jobs = new GrpcJobs(caller);
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
        : new GrpcAifsClient(connection, caller, rules, check, other);
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
