package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * A root key on its way to a safe place: the text that {@code key export} writes and {@code key
 * import} reads. Meant to be printed or kept on another machine. With a passphrase the key in it is
 * sealed; without one the text is as secret as the key.
 *
 * @param storeId the store that the key opens
 * @param created when it was exported, to the second
 */
public record RecoveryFile(RootKey rootKey, String storeId, Instant created) {
  public RecoveryFile {
    requireNonNull(rootKey, "rootKey is null");
    if (!storeId.matches("[0-9a-zA-Z-]{1,64}")) {
      throw new IllegalArgumentException("storeId is not 1..64 letters, digits and dashes");
    }
    created = created.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The text with the key in clear. Secret. */
  public String text() {
    return RecoveryText.write(storeId, created, rootKey.checkValue(), rootKey.secretText(), null);
  }

  /** The text with the key sealed under a passphrase. */
  public String text(char[] passphrase, PassphraseParameters parameters, RandomBytes random) {
    byte[] secret = rootKey.secretText().getBytes(UTF_8);
    byte[] context = context(storeId, created.toString(), rootKey.checkValue());
    byte[] sealed = new KeyEnvelope(random).seal(parameters.derive(passphrase), secret, context);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    return RecoveryText.write(storeId, created, rootKey.checkValue(), text, parameters.text());
  }

  /** Whether {@link #parse} of this text needs a passphrase. */
  public static boolean needsPassphrase(String text)
      throws DamagedKeyException, NewerKeyFormatException {
    return RecoveryText.read(text).passphraseParameters() != null;
  }

  /**
   * Reads what one of the {@code text} methods wrote.
   *
   * @param passphrase empty if none is known
   * @throws DamagedKeyException if it was changed, cut or is something else
   * @throws NewerKeyFormatException if a later version wrote it
   * @throws WrongKeyException if the passphrase is wrong, or needed and empty
   */
  public static RecoveryFile parse(String text, char[] passphrase)
      throws DamagedKeyException, NewerKeyFormatException, WrongKeyException {
    RecoveryText read = RecoveryText.read(text);
    String secret = read.key();
    if (read.passphraseParameters() != null) {
      secret = unseal(read, PassphraseParameters.parse(read.passphraseParameters()), passphrase);
    }
    RootKey rootKey = RootKey.parse(secret);
    if (!rootKey.checkValue().equals(read.check())) {
      throw new DamagedKeyException("recovery file's key does not match its check value");
    }
    return new RecoveryFile(rootKey, read.storeId(), read.created());
  }

  private static String unseal(
      RecoveryText read, PassphraseParameters parameters, char[] passphrase)
      throws DamagedKeyException, WrongKeyException {
    if (passphrase.length == 0) {
      throw new WrongKeyException("recovery file is sealed and needs its passphrase");
    }
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(read.key());
    } catch (IllegalArgumentException _) {
      throw new DamagedKeyException("recovery file's sealed key is not base64");
    }
    byte[] context = context(read.storeId(), read.created().toString(), read.check());
    try {
      return new String(KeyEnvelope.open(parameters.derive(passphrase), sealed, context), UTF_8);
    } catch (SealBrokenException _) {
      throw new WrongKeyException("passphrase does not open the recovery file");
    }
  }

  private static byte[] context(String storeId, String created, String check) {
    return ("aifs-recovery-1\n" + storeId + "\n" + created + "\n" + check + "\n").getBytes(UTF_8);
  }
}
