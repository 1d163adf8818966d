package io.aifs.server.catalog;

import java.util.List;
import java.util.Optional;

/** The policies of namespaces, all versions of each. */
public interface PolicyReader {
  /** The namespaces for which a policy was ever set, in order of their numbers. */
  List<Long> namespaces();

  /** The newest version of a namespace's policy; 0 if none was ever set. */
  long newest(long namespace);

  /** One version of a namespace's policy. */
  Optional<PolicyRow> find(long namespace, long version);

  /** The versions below {@code before} if it is given, newest first, at most {@code limit}. */
  List<PolicyRow> versions(long namespace, Optional<Long> before, int limit);
}
