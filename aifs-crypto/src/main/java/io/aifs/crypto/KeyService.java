package io.aifs.crypto;

/**
 * The key service: keeps key-encryption keys (KEKs) and lets nobody see them; wraps and unwraps
 * other keys with them. Thread-safe. It may be far away and slow: it is asked once per start or
 * epoch, never per chunk.
 *
 * <p>A <i>key domain</i> names who a KEK serves, such as a {@link DomainId} in hex or {@code
 * store}; it matches {@code [a-z0-9][a-z0-9-]{0,62}}. It has one current KEK, and older ones that
 * still unwrap. A KEK id is text of up to 256 printable ASCII characters that this service chose;
 * it is kept beside whatever was wrapped.
 *
 * <p>Every method may throw {@link KeyUnavailableException}; nothing has changed then, except that
 * a KEK may have been created or rotated or destroyed without the answer arriving. What returns
 * normally is durable. Every implementation passes {@code KeyServiceContract}.
 */
public interface KeyService {
  /**
   * The id of the KEK that new keys of {@code keyDomain} are wrapped with. Creates one if there is
   * none; two concurrent first calls agree.
   */
  String currentKek(String keyDomain) throws KeyServiceException;

  /**
   * Wraps {@code key}, 1 to 1,024 bytes. Wrapping the same key twice gives different bytes.
   *
   * @param context authenticated, not kept: {@link #unwrap} needs the same bytes
   * @throws KeyMissingException if there is no such KEK
   */
  byte[] wrap(String kekId, byte[] key, byte[] context) throws KeyServiceException;

  /**
   * Gives back what was wrapped.
   *
   * @throws KeyMissingException if there is no such KEK, or no longer
   * @throws WrongKeyException if {@code wrapped} or {@code context} is not what {@link #wrap} saw
   */
  byte[] unwrap(String kekId, byte[] wrapped, byte[] context) throws KeyServiceException;

  /**
   * Makes a new current KEK and returns its id; the older ones still unwrap. Which is current
   * survives a crash: either the old or, once this has returned, the new one.
   */
  String rotate(String keyDomain) throws KeyServiceException;

  /**
   * Destroys every KEK of {@code keyDomain} for good: whatever they wrapped is lost. Does nothing
   * if there is none. A later {@link #currentKek} makes a new KEK with an id never used before.
   */
  void destroy(String keyDomain) throws KeyServiceException;
}
