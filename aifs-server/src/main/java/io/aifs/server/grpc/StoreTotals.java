package io.aifs.server.grpc;

/**
 * What a store holds at one moment.
 *
 * @param contentBytes content of all assets
 * @param packBytes packs on disk
 * @param catalogBytes catalog on disk
 */
public record StoreTotals(
    long namespaces, long assets, long contentBytes, long packBytes, long catalogBytes) {}
