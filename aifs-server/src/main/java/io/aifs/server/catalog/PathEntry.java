package io.aifs.server.catalog;

import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;

/** A path of a working state and what it names. */
public record PathEntry(TreePath path, TreeEntry entry) {}
