package io.aifs.server.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.crypto.Digest;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * A record as it stands in the log: a line of JSON that holds the digest of the line before it, and
 * ends with its own. {@code docs/format/audit.md} describes it.
 *
 * @param sequence its number
 * @param previous the digest of the record before it
 * @param digest of all of its bytes in front of the digest
 */
record AuditLine(long sequence, Digest previous, Digest digest) {
  /** Longer lines are no records. */
  static final int BYTES_MAX = 256 << 10;

  private static final String BEGIN = "{\"seq\":";
  private static final String PREVIOUS = ",\"prev\":\"";
  private static final String DIGEST = ",\"digest\":\"";
  private static final String END = "\"}";
  private static final int HEX_CHARS = 2 * Digest.BYTES;
  private static final int TAIL_CHARS = DIGEST.length() + HEX_CHARS + END.length();
  private static final int PREVIOUS_CHARS = PREVIOUS.length() + HEX_CHARS + 1;
  private static final int DIGITS_MAX = 18;

  /** A line with its line feed, and the head that it makes. */
  @SuppressWarnings("ArrayRecordComponent") // written out, never compared
  record Encoded(byte[] bytes, AuditHead head) {}

  /** The record that follows {@code before}. */
  static Encoded encode(AuditRecord record, String storeId, AuditHead before) {
    long sequence = before.sequence() + 1;
    JsonText json = new JsonText(BEGIN).number(sequence);
    json.field("at", record.at().truncatedTo(ChronoUnit.MICROS).toString())
        .field("store", storeId)
        .field("token", record.token())
        .field("family", record.family())
        .field("method", record.method())
        .field("namespace", record.namespace())
        .raw(",\"what\":{");
    String separator = "";
    for (Map.Entry<String, Object> entry : record.what().entrySet()) {
      json.raw(separator).string(entry.getKey()).raw(":").value(entry.getValue());
      separator = ",";
    }
    json.raw("}")
        .field("outcome", record.outcome())
        .field("reason", record.reason())
        .field("request_id", record.requestId())
        .field("client", record.client())
        .raw(",\"count\":")
        .number(record.count())
        .raw(PREVIOUS)
        .raw(before.digest().hex())
        .raw("\"");
    String text = json.toString();
    Digest digest = Digest.of(text.getBytes(UTF_8));
    byte[] line = (text + DIGEST + digest.hex() + END + "\n").getBytes(UTF_8);
    return new Encoded(line, new AuditHead(sequence, digest));
  }

  /** What a line says of its place in the chain; empty if it is no record, or was changed. */
  static Optional<AuditLine> parse(byte[] line) {
    int body = line.length - TAIL_CHARS;
    if (body < BEGIN.length() + PREVIOUS_CHARS) {
      return Optional.empty();
    }
    String text = new String(line, ISO_8859_1); // keeps the places of bytes
    if (!text.startsWith(DIGEST, body)
        || !text.endsWith(END)
        || !text.startsWith(PREVIOUS, body - PREVIOUS_CHARS)
        || text.charAt(body - 1) != '"') {
      return Optional.empty();
    }
    Optional<Digest> digest = digest(text, body + DIGEST.length());
    Optional<Digest> previous = digest(text, body - HEX_CHARS - 1);
    long sequence = sequence(text);
    if (digest.isEmpty()
        || previous.isEmpty()
        || sequence < 1
        || !Digest.of(line, 0, body).equals(digest.get())) {
      return Optional.empty();
    }
    return Optional.of(new AuditLine(sequence, previous.get(), digest.get()));
  }

  private static Optional<Digest> digest(String text, int at) {
    try {
      return Optional.of(Digest.parse(text.substring(at, at + HEX_CHARS)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The number that the line begins with, as it is written; 0 if there is none. */
  private static long sequence(String text) {
    int end = BEGIN.length();
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    int digits = end - BEGIN.length();
    return text.startsWith(BEGIN) && digits > 0 && digits <= DIGITS_MAX
        ? Long.parseLong(text.substring(BEGIN.length(), end))
        : 0;
  }

  AuditHead head() {
    return new AuditHead(sequence, digest);
  }
}
