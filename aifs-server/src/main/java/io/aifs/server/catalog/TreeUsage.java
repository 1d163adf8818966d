package io.aifs.server.catalog;

/**
 * How much a part of a tree holds.
 *
 * @param directories those that were put as such
 * @param contentBytes over all paths
 * @param distinctBytes counting each asset once
 */
public record TreeUsage(
    long files, long directories, long symlinks, long contentBytes, long distinctBytes) {}
