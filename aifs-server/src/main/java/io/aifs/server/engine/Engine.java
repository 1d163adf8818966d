package io.aifs.server.engine;

import io.aifs.server.engine.history.SigningKeyService;
import io.aifs.server.engine.history.SnapshotKeys;
import io.aifs.server.engine.jobs.Jobs;

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
    Jobs jobs,
    Traffic traffic) {}
