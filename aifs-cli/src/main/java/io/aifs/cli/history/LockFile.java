package io.aifs.cli.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aifs.cli.place.Place;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Address;
import io.aifs.core.address.AddressParser;
import io.aifs.core.model.SnapshotId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs of a project as a file: JSON, in order of address, the same bytes for the same inputs.
 */
public record LockFile(List<LockedInput> inputs) {
  /** More is no lock file. */
  public static final int BYTES_MAX = 64 << 20;

  private static final int VERSION = 1;

  public LockFile {
    inputs =
        inputs.stream().sorted(Comparator.comparing(input -> input.place().toString())).toList();
  }

  /** The file's text. */
  public String text() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", VERSION);
    root.put("inputs", inputs.stream().map(LockFile::fields).toList());
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> fields(LockedInput input) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("address", input.place().toString());
    fields.put("snapshot_id", input.snapshot().hex());
    fields.put("merkle_root", input.merkleRoot());
    fields.put("signed_by", input.signedBy());
    fields.put("statement", input.statementHex());
    fields.put("signature", input.signatureHex());
    return fields;
  }

  /**
   * Reads a file's text.
   *
   * @param name the file, for messages
   * @throws AifsException.Corrupt if it is not what {@link #text} writes
   * @throws AifsException.Unsupported if it is of a later version
   */
  public static LockFile parse(String text, String name) {
    try {
      JsonNode root = new ObjectMapper().readTree(text);
      if (root.path("version").asInt() > VERSION) {
        throw new AifsException.Unsupported(
            Reason.FORMAT_NEWER, name + " is of a later version", "use a newer aifs");
      }
      if (root.path("version").asInt() != VERSION || !root.path("inputs").isArray()) {
        throw damaged(name, "it has no version or no inputs");
      }
      List<LockedInput> inputs = new ArrayList<>();
      for (JsonNode input : root.get("inputs")) {
        inputs.add(input(input));
      }
      return new LockFile(inputs);
    } catch (JsonProcessingException e) {
      // Of what is larger than the parser takes, it does not say where.
      throw damaged(
          name,
          e.getLocation() == null
              ? "it is not JSON of a lock file"
              : "line " + e.getLocation().getLineNr() + " is not JSON");
    } catch (IllegalArgumentException | AifsException.InvalidRequest e) {
      throw damaged(name, e.getMessage() + "");
    }
  }

  private static AifsException damaged(String name, String why) {
    return new AifsException.Corrupt(
        Reason.LOCK_FILE_DAMAGED,
        name + " is damaged: " + why,
        "bring it back from version control, or write it anew with: aifs lock ADDR...");
  }

  private static LockedInput input(JsonNode json) {
    if (!(AddressParser.parseFull(field(json, "address")) instanceof Address.Path path)) {
      throw new IllegalArgumentException("an address is not of a path");
    }
    return new LockedInput(
        new Place.OfPath(path.namespace(), path.ref(), path.path(), path.directory()),
        new SnapshotId(field(json, "snapshot_id")),
        field(json, "merkle_root"),
        field(json, "signed_by"),
        HexFormat.of().parseHex(field(json, "statement")),
        HexFormat.of().parseHex(field(json, "signature")));
  }

  private static String field(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("an input has no " + name);
    }
    return value.asText();
  }
}
