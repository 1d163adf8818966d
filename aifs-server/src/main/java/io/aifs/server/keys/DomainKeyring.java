package io.aifs.server.keys;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.KeyFile;
import io.aifs.crypto.KeyPurpose;
import io.aifs.crypto.KeyService;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The domains' wrapped keys on disk: {@code keys/<domain>/chunk-id.key} and {@code
 * keys/<domain>/<epoch>.key}, and the store's own in {@code keys/store/}. Asks the key service when
 * something is created or loaded, and keeps nothing. Thread-safe.
 *
 * <p>Methods throw {@link AifsException.Corrupt} naming a file that is damaged or missing, {@link
 * AifsException.Unsupported} for one of a later version, {@link AifsException.Unavailable} if the
 * key service does not answer, and what the key service itself throws for a wrong root key.
 */
public final class DomainKeyring {
  /** The key domain of the store's own keys, such as that of its tokens. */
  public static final String STORE = "store";

  private static final String CHUNK_ID_FILE = "chunk-id.key";
  private static final String AUDIT_KEY_ID = "audit-1";
  private static final Pattern EPOCH_FILE = Pattern.compile(".*/([1-9][0-9]{0,8})\\.key");
  private static final Pattern TOKEN_KEY_FILE = Pattern.compile(".*/token-([1-9][0-9]{0,8})\\.key");

  private final KeyFolder folder;
  private final KeyWrapping wrapping;
  private final RandomBytes random;

  public DomainKeyring(Disk disk, KeyService keyService, RandomBytes random) {
    this.folder = new KeyFolder(disk);
    this.wrapping = new KeyWrapping(keyService);
    this.random = requireNonNull(random, "random is null");
  }

  /**
   * Makes the keys of a new domain, durable on return. What an earlier call, ended by a crash, has
   * made is kept; so a repeat gives the same keys.
   */
  public synchronized DomainKeys create(DomainId domain) throws IOException {
    List<String> present = folder.list(directory(domain));
    String chunkId = directory(domain) + "/" + CHUNK_ID_FILE;
    if (present.isEmpty()) { // with epochs and without it, it was lost: making one would hide that
      write(chunkId, KeyPurpose.CHUNK_ID, domain.hex(), 1);
    }
    if (present.stream().noneMatch(name -> EPOCH_FILE.matcher(name).matches())) {
      write(directory(domain) + "/1.key", KeyPurpose.DOMAIN_EPOCH, domain.hex(), 1);
    }
    return load(domain);
  }

  /** Reads and unwraps all keys of a domain. */
  public DomainKeys load(DomainId domain) throws IOException {
    String directory = directory(domain);
    byte[] chunkIdKey =
        unwrap(directory + "/" + CHUNK_ID_FILE, KeyPurpose.CHUNK_ID, domain.hex(), 1);
    Map<Integer, byte[]> epochKeys = new HashMap<>();
    for (String name : folder.list(directory)) {
      Matcher epochFile = EPOCH_FILE.matcher(name);
      if (epochFile.matches()) {
        int epoch = Integer.parseInt(epochFile.group(1));
        epochKeys.put(epoch, unwrap(name, KeyPurpose.DOMAIN_EPOCH, domain.hex(), epoch));
      }
    }
    if (epochKeys.isEmpty()) {
      folder.read(directory + "/1.key"); // throws, naming the file that is missing
    }
    return DomainKeys.of(domain, epochKeys, chunkIdKey);
  }

  /**
   * The root keys of the store's tokens by number, the first one made on first use. The highest
   * mints.
   */
  public synchronized SortedMap<Integer, byte[]> tokenRootKeys() throws IOException {
    SortedMap<Integer, byte[]> keys = new TreeMap<>();
    for (int number : tokenKeyNumbers()) {
      keys.put(number, unwrap(tokenKeyFile(number), KeyPurpose.TOKEN_ROOT, STORE, number));
    }
    return keys.isEmpty() ? addTokenRootKey() : keys;
  }

  /** Makes a root key with the next number, durable on return; gives all there are. */
  public synchronized SortedMap<Integer, byte[]> addTokenRootKey() throws IOException {
    int number = tokenKeyNumbers().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    write(tokenKeyFile(number), KeyPurpose.TOKEN_ROOT, STORE, number);
    return tokenRootKeys();
  }

  /** Removes a root key, for good once its copies are gone, too. No error if there is none. */
  public synchronized void removeTokenRootKey(int number) throws IOException {
    folder.delete(tokenKeyFile(number));
  }

  private List<Integer> tokenKeyNumbers() throws IOException {
    return folder.list(KeyFolder.ROOT + "/" + STORE).stream()
        .map(TOKEN_KEY_FILE::matcher)
        .filter(Matcher::matches)
        .map(file -> Integer.parseInt(file.group(1)))
        .toList();
  }

  /** The name of the file of a root key of tokens. */
  public static String tokenKeyFile(int number) {
    return KeyFolder.ROOT + "/" + STORE + "/token-" + number + KeyFolder.SUFFIX;
  }

  /** The key that seals the heads of the store's audit log, made on first use: 32 bytes. */
  public synchronized byte[] auditKey() throws IOException {
    String name = KeyFolder.ROOT + "/" + STORE + "/" + AUDIT_KEY_ID + KeyFolder.SUFFIX;
    if (!folder.exists(name)) {
      write(name, KeyPurpose.AUDIT, STORE, 1);
    }
    return unwrap(name, KeyPurpose.AUDIT, STORE, 1);
  }

  /** A domain's key files by name, as they are: wrapped. For copies kept elsewhere. */
  public Map<String, byte[]> files(DomainId domain) throws IOException {
    return folder.copies(directory(domain));
  }

  /**
   * The store's own key files by name, as they are: wrapped; and the passphrase's parameters if
   * there are any. For copies kept elsewhere.
   */
  public Map<String, byte[]> storeFiles() throws IOException {
    Map<String, byte[]> files = folder.copies(KeyFolder.ROOT + "/" + STORE);
    if (folder.exists(KeyFolder.PASSPHRASE_FILE)) {
      byte[] parameters = folder.readBytes(KeyFolder.PASSPHRASE_FILE);
      KeyFolder.parsePassphraseParameters(parameters);
      files.put(KeyFolder.PASSPHRASE_FILE, parameters);
    }
    return files;
  }

  private void write(String name, KeyPurpose purpose, String keyDomain, int number)
      throws IOException {
    byte[] context = KeyFile.context(purpose, keyDomain, number);
    KeyWrapping.Wrapped wrapped =
        wrapping.wrap(name, keyDomain, random.next(DomainKeys.KEY_BYTES), context);
    folder.write(name, new KeyFile(purpose, keyDomain, number, wrapped.kekId(), wrapped.bytes()));
  }

  private byte[] unwrap(String name, KeyPurpose purpose, String keyDomain, int number)
      throws IOException {
    KeyFile file = folder.read(name);
    byte[] context = KeyFile.context(purpose, keyDomain, number);
    return wrapping.unwrap(name, file, context, DomainKeys.KEY_BYTES);
  }

  private static String directory(DomainId domain) {
    return KeyFolder.ROOT + "/" + domain.hex();
  }
}
