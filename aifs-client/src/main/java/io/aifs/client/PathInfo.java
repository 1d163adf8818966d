package io.aifs.client;

import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;

/** A path and what it names. */
public record PathInfo(TreePath path, TreeEntry entry) {}
