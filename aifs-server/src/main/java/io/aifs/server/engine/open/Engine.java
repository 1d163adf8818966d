package io.aifs.server.engine.open;

import io.aifs.server.audit.AuditLog;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.AssetVerifier;
import io.aifs.server.engine.CheckService;
import io.aifs.server.engine.CollectionService;
import io.aifs.server.engine.DeleteService;
import io.aifs.server.engine.FilesService;
import io.aifs.server.engine.NamespaceService;
import io.aifs.server.engine.ReviveService;
import io.aifs.server.engine.StatusService;
import io.aifs.server.engine.Traffic;
import io.aifs.server.engine.TreeService;
import io.aifs.server.engine.Versions;
import io.aifs.server.engine.WhyService;
import io.aifs.server.engine.association.AssociationService;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.event.EventLog;
import io.aifs.server.engine.history.History;
import io.aifs.server.engine.history.PathReads;
import io.aifs.server.engine.history.SigningKeyService;
import io.aifs.server.engine.history.SnapshotKeys;
import io.aifs.server.engine.jobs.Jobs;
import io.aifs.server.engine.lineage.LineageService;
import io.aifs.server.engine.policy.PolicyService;
import io.aifs.server.engine.search.SearchService;
import io.aifs.server.engine.search.VectorIndexes;
import io.aifs.server.engine.tensor.TensorService;
import io.aifs.server.engine.token.TokenService;
import io.aifs.server.engine.transaction.TransactionService;

/**
 * The services of one open store.
 *
 * @param traffic to be told of what clients send and get
 */
public record Engine(
    NamespaceService namespaces,
    AssetService assets,
    DeleteService deletes,
    FilesService files,
    TreeService tree,
    AssetVerifier verifier,
    CheckService checks,
    StatusService status,
    CollectionService collections,
    ReviveService revivals,
    SnapshotKeys snapshotKeys,
    SigningKeyService signingKeys,
    History history,
    PathReads paths,
    Jobs jobs,
    Traffic traffic,
    LineageService lineage,
    WhyService reasons,
    AssociationService associations,
    TransactionService transactions,
    EventLog events,
    Versions versions,
    PolicyService policies,
    TokenService tokens,
    AuditLog audit,
    EmbeddingService embeddings,
    VectorIndexes indexes,
    SearchService search,
    TensorService tensors) {}
