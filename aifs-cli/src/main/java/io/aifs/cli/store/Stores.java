package io.aifs.cli.store;

import io.aifs.client.AifsClient;
import io.aifs.client.ClientOptions;
import java.nio.file.Path;
import java.util.Optional;

/** Opens, creates and serves stores. Every method throws {@link io.aifs.core.AifsException}. */
public interface Stores {
  /** A client of a server; nothing is sent before the first call. */
  AifsClient connect(ClientOptions options);

  /** A client of a data directory, which is opened here or reached through who holds it. */
  AifsClient open(LocalStore store);

  /** Creates the store if it is not there; a dry run only says what it would do. */
  InitReport init(LocalStore store, boolean dryRun);

  /** Makes the catalog of a store anew from packs and keys; nobody may have the directory open. */
  RebuildSummary rebuildCatalog(LocalStore store);

  /** Starts serving. */
  RunningServer serve(LocalStore store, ServeOptions options);

  /** The text of a recovery file: what it takes to read the store if the root key is lost. */
  String exportKey(LocalStore store, Optional<String> passphrase);

  /** Writes the root key file anew from a recovery file; returns where it is. */
  Path importKey(LocalStore store, String recoveryText, Optional<String> passphrase);
}
