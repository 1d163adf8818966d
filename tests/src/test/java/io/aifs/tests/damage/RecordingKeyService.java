package io.aifs.tests.damage;

import io.aifs.crypto.KeyService;
import io.aifs.crypto.KeyServiceException;
import java.util.ArrayList;
import java.util.List;

/** Passes every call on and remembers which keys were unwrapped. */
final class RecordingKeyService implements KeyService {
  private final KeyService target;
  private final List<byte[]> unwrapped = new ArrayList<>();

  RecordingKeyService(KeyService target) {
    this.target = target;
  }

  List<byte[]> unwrapped() {
    return unwrapped;
  }

  @Override
  public String currentKek(String keyDomain) throws KeyServiceException {
    return target.currentKek(keyDomain);
  }

  @Override
  public byte[] wrap(String kekId, byte[] key, byte[] context) throws KeyServiceException {
    return target.wrap(kekId, key, context);
  }

  @Override
  public byte[] unwrap(String kekId, byte[] wrapped, byte[] context) throws KeyServiceException {
    byte[] key = target.unwrap(kekId, wrapped, context);
    unwrapped.add(key.clone());
    return key;
  }

  @Override
  public String rotate(String keyDomain) throws KeyServiceException {
    return target.rotate(keyDomain);
  }

  @Override
  public void destroy(String keyDomain) throws KeyServiceException {
    target.destroy(keyDomain);
  }
}
