package io.aifs.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aifs.cli.terminal.Printable;
import io.aifs.core.audit.AuditHead;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Heads of the audit log that were noted before, as options; and the files that hold one. */
final class NotedHeads {
  private static final int FILE_BYTES_MAX = 4_096;

  @Option(
      names = "--head",
      paramLabel = "SEQ:DIGEST",
      description = "the log must hold this record, which was noted before; may be repeated")
  private List<String> heads = new ArrayList<>();

  @Option(
      names = "--head-file",
      paramLabel = "FILE",
      description = "the same, from a file that 'aifs audit export' wrote; may be repeated")
  private List<String> files = new ArrayList<>();

  boolean areGiven() {
    return !heads.isEmpty() || !files.isEmpty();
  }

  List<AuditHead> all(Invocation invocation) throws IOException {
    List<AuditHead> noted = new ArrayList<>();
    for (String head : heads) {
      try {
        noted.add(AuditHead.parse(head));
      } catch (IllegalArgumentException e) {
        throw Usage.error(
            "--head '" + Printable.of(head) + "' is no head: " + e.getMessage(),
            "write the number of a record, a colon, and its digest of 64 digits");
      }
    }
    for (String file : files) {
      noted.add(read(invocation.surroundings().path(file)));
    }
    return noted;
  }

  /** The head that {@link #text} wrote to a file. */
  static AuditHead read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(FILE_BYTES_MAX);
    }
    try {
      JsonNode json = new ObjectMapper().readTree(bytes);
      if (json.path("sequence").isIntegralNumber()) {
        return new AuditHead(
            json.path("store_id").asText(),
            json.path("sequence").asLong(),
            Digest.parse(json.path("digest").asText()));
      }
    } catch (JsonProcessingException | IllegalArgumentException _) {
      // said below
    }
    throw Usage.error(
        Printable.of(file.toString()) + " holds no head", "name what 'aifs audit export' wrote");
  }

  /** What a file holds: JSON on a line. */
  static byte[] text(AuditHead head) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("store_id", head.storeId());
    fields.put("sequence", head.sequence());
    fields.put("digest", head.digest().hex());
    return (new ObjectMapper().writeValueAsString(fields) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
