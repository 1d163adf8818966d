package io.aifs.server.keys;

import io.aifs.crypto.KeyService;
import io.aifs.crypto.KeyServiceException;
import io.aifs.crypto.KeyUnavailableException;

/** A key service that counts its calls and can be made to fail. */
final class SwitchedKeyService implements KeyService {
  private final KeyService service;
  private int unwraps;
  private int wrapsLeft = Integer.MAX_VALUE;

  SwitchedKeyService(KeyService service) {
    this.service = service;
  }

  int unwraps() {
    return unwraps;
  }

  void failWrapsAfter(int count) {
    wrapsLeft = count;
  }

  void repair() {
    wrapsLeft = Integer.MAX_VALUE;
  }

  @Override
  public String currentKek(String keyDomain) throws KeyServiceException {
    return service.currentKek(keyDomain);
  }

  @Override
  public byte[] wrap(String kekId, byte[] key, byte[] context) throws KeyServiceException {
    if (wrapsLeft-- <= 0) {
      throw new KeyUnavailableException("switched off", null);
    }
    return service.wrap(kekId, key, context);
  }

  @Override
  public byte[] unwrap(String kekId, byte[] wrapped, byte[] context) throws KeyServiceException {
    unwraps++;
    return service.unwrap(kekId, wrapped, context);
  }

  @Override
  public String rotate(String keyDomain) throws KeyServiceException {
    return service.rotate(keyDomain);
  }

  @Override
  public void destroy(String keyDomain) throws KeyServiceException {
    service.destroy(keyDomain);
  }
}
