package io.aifs.server;

import io.aifs.crypto.RandomBytes;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.engine.payload.PayloadCheck;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.server.file.Disk;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/**
 * What a store stands on. Whoever opens a store over it hands over the catalog and the workers,
 * which are closed with the store.
 *
 * @param trees what the catalog's overlays lie on
 * @param workers run the storing half of uploads and the reading half of downloads
 * @param payloads knows what kinds demand of content
 * @param jobs how background work is done, where there is any
 */
record StoreBase(
    Disk disk,
    Catalog catalog,
    TreeNodes trees,
    ExecutorService workers,
    StoreSpace space,
    PayloadCheck payloads,
    JobSettings jobs,
    Clock clock,
    RandomBytes random,
    StoreTuning tuning) {}
