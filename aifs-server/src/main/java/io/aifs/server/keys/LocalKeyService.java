package io.aifs.server.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.KeyEnvelope;
import io.aifs.crypto.KeyFile;
import io.aifs.crypto.KeyMissingException;
import io.aifs.crypto.KeyPurpose;
import io.aifs.crypto.KeyService;
import io.aifs.crypto.KeyServiceException;
import io.aifs.crypto.KeyUnavailableException;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RootKey;
import io.aifs.crypto.SealBrokenException;
import io.aifs.crypto.WrongKeyException;
import io.aifs.server.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The key service for a store without one: random KEKs in {@code keys/kek/<kek id>.key}, each
 * wrapped under a key derived from the root key for this one KEK.
 *
 * <p>A KEK id is {@code <key domain>.<number>.<8 random hex digits>}. The highest number is the
 * current one, so which it is needs no record of its own that a crash could tear. The random digits
 * keep an id from coming back after {@link #destroy}.
 *
 * <p>Besides what {@link KeyService} says, every method throws {@link AifsException.Denied} if the
 * root key is not this store's, {@link AifsException.Corrupt} if a KEK's file is damaged and {@link
 * AifsException.Unsupported} if a later version wrote it. Nothing unwrapped is kept between calls.
 */
public final class LocalKeyService implements KeyService {
  private static final String DIRECTORY = KeyFolder.ROOT + "/kek";
  private static final String WRAP_USE = "aifs 2026-11-21 key-encryption key wrapping v1";
  private static final byte[] CONTEXT_PREFIX = "aifs-kek-1".getBytes(US_ASCII);
  private static final int KEY_BYTES = 32;
  private static final int WRAPPED_KEY_BYTES_MAX = 1_024;

  private final KeyFolder folder;
  private final RootKey rootKey;
  private final RandomBytes random;
  private final KeyEnvelope envelope;

  public LocalKeyService(Disk disk, RootKey rootKey, RandomBytes random) {
    this.folder = new KeyFolder(disk);
    this.rootKey = requireNonNull(rootKey, "rootKey is null");
    this.random = requireNonNull(random, "random is null");
    this.envelope = new KeyEnvelope(random);
  }

  @Override
  public synchronized String currentKek(String keyDomain) throws KeyServiceException {
    try {
      Optional<KekId> current = current(keyDomain);
      return current.isPresent() ? current.get().text() : create(keyDomain, 1);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public synchronized String rotate(String keyDomain) throws KeyServiceException {
    try {
      return create(keyDomain, current(keyDomain).map(KekId::number).orElse(0) + 1);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public byte[] wrap(String kekId, byte[] key, byte[] context) throws KeyServiceException {
    if (key.length < 1 || key.length > WRAPPED_KEY_BYTES_MAX) {
      throw new IllegalArgumentException(
          "key is outside 1.." + WRAPPED_KEY_BYTES_MAX + " bytes: " + key.length);
    }
    return envelope.seal(kek(kekId), key, bound(kekId, context));
  }

  @Override
  public byte[] unwrap(String kekId, byte[] wrapped, byte[] context) throws KeyServiceException {
    try {
      return KeyEnvelope.open(kek(kekId), wrapped, bound(kekId, context));
    } catch (SealBrokenException _) {
      throw new WrongKeyException("key " + kekId + " does not open these bytes");
    }
  }

  @Override
  public synchronized void destroy(String keyDomain) throws KeyServiceException {
    KekId.requireKeyDomain(keyDomain);
    try {
      for (String name : folder.list(DIRECTORY)) {
        if (KekId.ofFile(name).filter(id -> id.keyDomain().equals(keyDomain)).isPresent()) {
          folder.delete(name);
        }
      }
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /**
   * The files of {@code keyDomain}'s KEKs, by name, as they are: wrapped. A copy kept elsewhere
   * survives {@link #destroy} and must be removed with it.
   */
  public synchronized Map<String, byte[]> files(String keyDomain) throws IOException {
    Map<String, byte[]> files = folder.copies(DIRECTORY);
    files
        .keySet()
        .removeIf(
            name -> KekId.ofFile(name).filter(id -> id.keyDomain().equals(keyDomain)).isEmpty());
    return files;
  }

  private Optional<KekId> current(String keyDomain) throws IOException {
    KekId.requireKeyDomain(keyDomain);
    return folder.list(DIRECTORY).stream()
        .flatMap(name -> KekId.ofFile(name).stream())
        .filter(id -> id.keyDomain().equals(keyDomain))
        .max(KekId.BY_NUMBER);
  }

  private String create(String keyDomain, int number) throws IOException {
    KekId id = new KekId(keyDomain, number, HexFormat.of().formatHex(random.next(4)));
    byte[] context = KeyFile.context(KeyPurpose.KEK, keyDomain, number);
    byte[] wrapped =
        envelope.seal(rootKey.derive(WRAP_USE, id.text()), random.next(KEY_BYTES), context);
    folder.write(file(id), new KeyFile(KeyPurpose.KEK, keyDomain, number, rootKeyId(), wrapped));
    return id.text();
  }

  private byte[] kek(String kekId) throws KeyServiceException {
    KekId id =
        KekId.parse(kekId)
            .orElseThrow(() -> new KeyMissingException("not a key of this store: " + kekId));
    String name = file(id);
    try {
      if (!folder.exists(name)) {
        throw new KeyMissingException("key " + kekId + " does not exist: " + name + " is missing");
      }
      return unwrapKek(id, name, folder.read(name));
    } catch (KeyServiceException e) {
      throw e;
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private byte[] unwrapKek(KekId id, String name, KeyFile file) {
    if (!file.kekId().equals(rootKeyId())) {
      throw new AifsException.Denied(
          Reason.ROOT_KEY_WRONG,
          "root key " + rootKeyId() + " does not open " + name + ", which needs " + file.kekId(),
          "Give the root key of this store, or restore it with 'aifs key import RECOVERY_FILE'.");
    }
    byte[] context = KeyFile.context(KeyPurpose.KEK, id.keyDomain(), id.number());
    try {
      return KeyEnvelope.open(rootKey.derive(WRAP_USE, id.text()), file.wrapped(), context);
    } catch (SealBrokenException e) {
      throw KeyFolder.damaged(name, "it is not the key that its name says", e);
    }
  }

  private String rootKeyId() {
    return "root:" + rootKey.checkValue();
  }

  private static String file(KekId id) {
    return DIRECTORY + "/" + id.text() + KeyFolder.SUFFIX;
  }

  private static byte[] bound(String kekId, byte[] context) {
    byte[] id = kekId.getBytes(US_ASCII);
    return ByteBuffer.allocate(CONTEXT_PREFIX.length + 2 + id.length + context.length)
        .put(CONTEXT_PREFIX)
        .putShort((short) id.length)
        .put(id)
        .put(context)
        .array();
  }

  private static KeyUnavailableException unavailable(IOException cause) {
    return new KeyUnavailableException("key files cannot be read or written", cause);
  }
}
