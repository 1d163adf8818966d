package io.aifs.server;

import io.aifs.crypto.RandomBytes;
import io.aifs.server.auth.Revocations;
import io.aifs.server.auth.TokenKeys;
import io.aifs.server.auth.TokenState;
import io.aifs.server.auth.TokenUse;
import io.aifs.server.auth.TokenVerifier;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.engine.token.TokenFamilies;
import io.aifs.server.engine.token.TokenMint;
import io.aifs.server.engine.token.TokenRevocations;
import io.aifs.server.engine.token.TokenRoots;
import io.aifs.server.engine.token.TokenService;
import io.aifs.server.engine.token.TokenUseLog;
import io.aifs.server.keys.DomainKeyring;
import java.io.IOException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;

/**
 * The tokens of a store on this machine: root keys in its key folder with copies in the catalog,
 * and the admin token in a file. Thread-safe.
 */
final class LocalTokens implements TokenRoots {
  private static final System.Logger LOG = System.getLogger(LocalTokens.class.getName());

  private final DomainKeyring keyring;
  private final KeyFiles keyFiles;
  private final Catalog catalog;
  private final AdminTokenFile adminFile;
  private final TokenKeys keys;
  private final TokenVerifier verifier;
  private final TokenMint mint;
  private final TokenService service;
  private volatile String adminToken = "";

  private LocalTokens(
      DomainKeyring keyring,
      KeyFiles keyFiles,
      Catalog catalog,
      AdminTokenFile adminFile,
      TokenState state,
      String storeId,
      Clock clock,
      RandomBytes random) {
    this.keyring = keyring;
    this.keyFiles = keyFiles;
    this.catalog = catalog;
    this.adminFile = adminFile;
    this.keys = state.keys();
    this.verifier = new TokenVerifier(state, clock);
    this.mint =
        new TokenMint(
            catalog,
            keys,
            verifier,
            storeId,
            clock,
            () -> HexFormat.of().formatHex(random.next(16)));
    TokenFamilies families = new TokenFamilies(catalog, state, clock);
    this.service =
        new TokenService(
            mint,
            families,
            new TokenRevocations(catalog, families, state.revocations(), clock),
            new TokenUseLog(catalog, state.use()),
            this);
  }

  /** Reads keys and revocations. {@link #ensureAdminToken} is still to be called. */
  static LocalTokens open(
      DomainKeyring keyring,
      KeyFiles keyFiles,
      Catalog catalog,
      AdminTokenFile adminFile,
      String storeId,
      Clock clock,
      RandomBytes random)
      throws IOException {
    TokenState state =
        new TokenState(new TokenKeys(keyring.tokenRootKeys()), new Revocations(), new TokenUse());
    LocalTokens tokens =
        new LocalTokens(keyring, keyFiles, catalog, adminFile, state, storeId, clock, random);
    tokens.service.revocations().load();
    return tokens;
  }

  TokenVerifier verifier() {
    return verifier;
  }

  TokenService service() {
    return service;
  }

  /** The token in the admin's file, as it was last looked at. */
  String adminToken() {
    return adminToken;
  }

  @Override
  public synchronized int rotate() {
    try {
      keys.set(keyring.addTokenRootKey());
      keyFiles.keepCopies(keyring.storeFiles());
      return keys.newest();
    } catch (IOException e) {
      throw RootKeys.failed("making a root key for tokens failed", e);
    }
  }

  @Override
  public synchronized List<Integer> retireOlder() {
    List<Integer> older = keys.numbers().subList(0, keys.numbers().size() - 1);
    try {
      for (int number : older) {
        // The copy first: the next start would put a file that is missing back in its place.
        String file = DomainKeyring.tokenKeyFile(number);
        var _ =
            catalog.write(
                writer -> {
                  writer.tokens().forgetKey(file);
                  return file;
                });
        keyring.removeTokenRootKey(number);
      }
      keys.set(keyring.tokenRootKeys());
      return older;
    } catch (IOException e) {
      throw RootKeys.failed("removing the root keys of older tokens failed", e);
    }
  }

  /** Sees to it that there is an admin token that is good. */
  void ensureAdminToken() throws IOException {
    adminToken = adminFile.ensure(mint, verifier);
  }

  @Override
  public void renewAdminToken() {
    try {
      ensureAdminToken();
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING, "no new admin token, until the store is opened again", e);
    }
  }
}
