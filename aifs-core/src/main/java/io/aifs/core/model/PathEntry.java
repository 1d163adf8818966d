package io.aifs.core.model;

/** A path of a tree and what it names. */
public record PathEntry(TreePath path, TreeEntry entry) {}
