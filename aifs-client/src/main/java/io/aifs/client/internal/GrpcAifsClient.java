package io.aifs.client.internal;

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
import io.aifs.client.SnapshotCheck;
import io.aifs.client.Tensors;
import io.aifs.client.Tokens;
import io.aifs.client.Transactions;
import io.aifs.client.Tree;
import io.aifs.client.Versions;
import io.aifs.client.trust.KeyTrust;
import io.aifs.client.trust.KnownKeys;
import io.aifs.client.trust.SnapshotTrust;
import io.aifs.core.model.Name;
import io.aifs.core.model.TransactionId;
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
  private final Transactions transactions;
  private final Events events;
  private final Policies policies;
  private final Lineage lineage;
  private final Associations associations;
  private final Search search;
  private final Tensors tensors;
  private final Tokens tokens;
  private final Audit audit;

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
    this.transactions = new GrpcTransactions(caller, namespace, this::within);
    this.events = new GrpcEvents(caller, namespace);
    this.policies = new GrpcPolicies(caller, namespace);
    this.lineage = new GrpcLineage(caller, namespace);
    this.associations = new GrpcAssociations(caller, namespace);
    this.search = new GrpcSearch(caller, namespace);
    this.tensors = new GrpcTensors(caller, namespace);
    this.tokens = new GrpcTokens(caller);
    this.audit = new GrpcAudit(caller);
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
  public Transactions transactions() {
    return transactions;
  }

  private AifsClient within(TransactionId id) {
    return new GrpcAifsClient(connection, caller.within(id), rules, trust, namespace);
  }

  @Override
  public Events events() {
    return events;
  }

  @Override
  public Policies policies() {
    return policies;
  }

  @Override
  public Versions versions() {
    return connection.versions();
  }

  @Override
  public Lineage lineage() {
    return lineage;
  }

  @Override
  public Associations associations() {
    return associations;
  }

  @Override
  public Search search() {
    return search;
  }

  @Override
  public Tensors tensors() {
    return tensors;
  }

  @Override
  public Tokens tokens() {
    return tokens;
  }

  @Override
  public Audit audit() {
    return audit;
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
