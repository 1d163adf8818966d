package io.aifs.server.grpc;

import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.AssetVerifier;
import io.aifs.server.engine.CheckService;
import io.aifs.server.engine.DeleteService;
import io.aifs.server.engine.FilesService;
import io.aifs.server.engine.NamespaceService;
import io.aifs.server.engine.TreeService;
import java.util.function.Supplier;

/** The engine, as far as the edge needs it. */
public record EdgeParts(
    NamespaceService namespaces,
    AssetService assets,
    DeleteService deletes,
    AssetVerifier verifier,
    FilesService files,
    TreeService tree,
    CheckService checks,
    Supplier<StoreTotals> totals) {}
