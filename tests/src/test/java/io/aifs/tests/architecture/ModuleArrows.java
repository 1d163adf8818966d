package io.aifs.tests.architecture;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/**
 * Which package may use which, as a table. A package stands for itself and all below it that have
 * no row of their own; a package without a row may not exist.
 */
final class ModuleArrows {
  private static final String CORE = "io.aifs.core";
  private static final String CRYPTO = "io.aifs.crypto";
  private static final String PROTO = "io.aifs.proto";
  private static final String CLIENT = "io.aifs.client";
  private static final String SCHEMAS = "io.aifs.schemas";
  private static final String SERVER = "io.aifs.server";
  private static final String AUDIT = "io.aifs.server.audit";
  private static final String CATALOG = "io.aifs.server.catalog";
  private static final String CHUNK = "io.aifs.server.chunk";
  private static final String FILE = "io.aifs.server.file";
  private static final String JOBS = "io.aifs.server.engine.jobs";
  private static final String MODEL = "io.aifs.server.model";
  private static final String PACK = "io.aifs.server.pack";
  private static final String VECTOR = "io.aifs.vector";
  private static final String VECTOR_FILES = "io.aifs.server.vector";
  private static final String SNAPSHOT = "io.aifs.server.snapshot";

  static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          entry(CRYPTO, Set.of()),
          entry(VECTOR, Set.of()),
          entry(CORE, Set.of(CRYPTO)),
          entry(SCHEMAS, Set.of(CORE, CRYPTO)),
          entry(CLIENT, Set.of(CORE, CRYPTO, PROTO, SCHEMAS)),
          entry(MODEL, Set.of(CORE, CRYPTO)),
          entry(FILE, Set.of(CORE)),
          entry(AUDIT, Set.of(CORE, CRYPTO, FILE)),
          entry("io.aifs.server.auth", Set.of(CORE, CRYPTO)),
          entry("io.aifs.server.keys", Set.of(CORE, CRYPTO, FILE)),
          entry("io.aifs.server.store", Set.of(CORE, CRYPTO, FILE)),
          entry(CATALOG, Set.of(CORE, CRYPTO, MODEL)),
          entry("io.aifs.server.catalog.sqlite", Set.of(CORE, CRYPTO, MODEL, CATALOG)),
          entry(PACK, Set.of(CORE, CRYPTO, MODEL, FILE)),
          entry(CHUNK, Set.of(CORE, CRYPTO, MODEL, PACK)),
          entry(SNAPSHOT, Set.of(CORE, CRYPTO)),
          entry(VECTOR_FILES, Set.of(CORE, CRYPTO, FILE, VECTOR)),
          entry(
              "io.aifs.server.engine",
              Set.of(
                  CORE,
                  CRYPTO,
                  MODEL,
                  AUDIT,
                  CATALOG,
                  CHUNK,
                  PACK,
                  JOBS,
                  SNAPSHOT,
                  VECTOR,
                  VECTOR_FILES,
                  SCHEMAS,
                  "io.aifs.server.auth")),
          entry(JOBS, Set.of(CORE)),
          entry("io.aifs.server.grpc.flow", Set.of(CORE)),
          entry("io.aifs.server.grpc.limit", Set.of(CORE, MODEL, "io.aifs.server.auth")),
          entry("io.aifs.server.grpc.metrics", Set.of(CORE)),
          entry("io.aifs.server.grpc.transport", Set.of(CORE)),
          entry(
              "io.aifs.server.grpc.gate",
              Set.of(
                  CORE,
                  PROTO,
                  "io.aifs.server.auth",
                  "io.aifs.server.grpc.flow",
                  "io.aifs.server.grpc.limit")),
          entry(
              "io.aifs.server.grpc.audit",
              Set.of(CORE, PROTO, AUDIT, "io.aifs.server.auth", "io.aifs.server.grpc.gate")),
          entry(
              "io.aifs.server.grpc",
              Set.of(
                  CORE,
                  CRYPTO,
                  PROTO,
                  AUDIT,
                  CATALOG,
                  JOBS,
                  MODEL,
                  SCHEMAS,
                  SNAPSHOT,
                  VECTOR,
                  "io.aifs.server.auth",
                  "io.aifs.server.engine",
                  "io.aifs.server.grpc.audit",
                  "io.aifs.server.grpc.flow",
                  "io.aifs.server.grpc.gate",
                  "io.aifs.server.grpc.limit",
                  "io.aifs.server.grpc.metrics",
                  "io.aifs.server.grpc.transport",
                  CLIENT)), // for the one zstd encoding that both ends of the wire share
          entry(SERVER, Set.of(CORE, CRYPTO, PROTO, CLIENT, VECTOR, "io.aifs.server..")),
          entry("io.aifs.cli", Set.of(CORE, CRYPTO, CLIENT, SCHEMAS, SERVER)),
          entry("io.aifs.bench", Set.of("io.aifs..")));

  private ModuleArrows() {}

  /** The row that speaks for {@code packageName}: the longest one that contains it. */
  static String rowOf(String packageName) {
    return ALLOWED.keySet().stream()
        .filter(row -> packageName.equals(row) || packageName.startsWith(row + "."))
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .orElse("");
  }

  /** Whether code in {@code from} may use code in {@code to}; both are full package names. */
  static boolean allows(String from, String to) {
    String fromRow = rowOf(from);
    String toRow = to.startsWith(PROTO) ? PROTO : rowOf(to);
    if (fromRow.equals(toRow)) {
      return !fromRow.isEmpty();
    }
    return ALLOWED.getOrDefault(fromRow, Set.of()).stream()
        .anyMatch(
            allowed ->
                allowed.endsWith("..")
                    ? toRow.startsWith(allowed.substring(0, allowed.length() - 2))
                    : allowed.equals(toRow));
  }
}
