package io.aifs.server.catalog;

/** How many assets, and the length of their content in sum. */
public record AssetTotals(long assets, long contentBytes) {}
