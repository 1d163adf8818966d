package io.aifs.server.grpc.attack;

/**
 * Something that a party has made, as it is named in both stores.
 *
 * @param here its name in the store of both tenants
 * @param there its name in the store that has only the first; ids that are drawn differ
 */
record Thing(ThingKind kind, String here, String there) {
  static Thing same(ThingKind kind, String name) {
    return new Thing(kind, name, name);
  }
}
