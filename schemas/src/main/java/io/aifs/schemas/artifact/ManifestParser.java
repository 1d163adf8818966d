package io.aifs.schemas.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads manifests token by token. What it does not know it refuses: a later version has another
 * number, and a slip of the pen is seen.
 */
final class ManifestParser {
  private static final int DEPTH_MAX = 8;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxDocumentLength(ArtifactManifest.BYTES_MAX)
                  .maxNumberLength(20)
                  .maxNameLength(Limits.METADATA_KEY_BYTES_MAX)
                  .maxStringLength(Limits.METADATA_VALUE_BYTES_MAX)
                  .build())
          .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
          .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
          .build();

  private final JsonParser json;

  private ManifestParser(JsonParser json) {
    this.json = json;
  }

  /** Reads an element of a list. */
  private interface Element<T> {
    T read(String what) throws PayloadInvalidException, IOException;
  }

  /**
   * @param in at most as many bytes as a manifest may have; not closed
   * @throws PayloadInvalidException if it is no manifest
   * @throws IOException if it cannot be read
   */
  static ArtifactManifest parse(InputStream in) throws PayloadInvalidException, IOException {
    // A decoder that refuses what is no UTF-8, and does not look for other encodings.
    InputStreamReader reader = new InputStreamReader(in, UTF_8.newDecoder());
    try (JsonParser json =
        JSON.createParser(reader).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
      ManifestParser parser = new ManifestParser(json);
      var _ = json.nextToken();
      ArtifactManifest manifest = parser.manifest();
      if (json.nextToken() != null) {
        throw invalid("something follows it");
      }
      return manifest;
    } catch (JsonProcessingException e) {
      throw invalid("it is not JSON as a manifest is: " + message(e));
    } catch (CharacterCodingException _) {
      throw invalid("it is not valid UTF-8");
    } catch (IllegalArgumentException e) {
      throw invalid(Objects.requireNonNullElse(e.getMessage(), "it is wrong"));
    }
  }

  private static String message(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : " (line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + ")";
    return e.getOriginalMessage() + where;
  }

  private ArtifactManifest manifest() throws PayloadInvalidException, IOException {
    String name = "";
    List<ArtifactFile> files = List.of();
    List<ArtifactDependency> dependencies = List.of();
    List<ArtifactParent> lineage = List.of();
    Map<String, String> metadata = Map.of();
    Set<String> missing = new HashSet<>(Set.of("version", "name", "files"));
    requireObject("it");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      var _ = json.nextToken();
      switch (member) {
        case "version" -> requireVersion();
        case "name" -> name = text("name");
        case "files" -> files = list("files", ArtifactManifest.FILES_MAX, this::file);
        case "dependencies" ->
            dependencies =
                list("dependencies", ArtifactManifest.DEPENDENCIES_MAX, this::dependency);
        case "lineage" -> lineage = list("lineage", Limits.PARENTS_MAX, this::parent);
        case "metadata" -> metadata = metadata();
        default -> throw unknown(member, "it");
      }
      missing.remove(member);
    }
    if (!missing.isEmpty()) {
      throw invalid("it has no '" + missing.stream().sorted().findFirst().orElseThrow() + "'");
    }
    return new ArtifactManifest(name, files, dependencies, lineage, metadata);
  }

  private void requireVersion() throws PayloadInvalidException, IOException {
    long version = number("version");
    if (version != 1) {
      throw invalid("its version is " + version + ", and this build reads version 1");
    }
  }

  private ArtifactFile file(String what) throws PayloadInvalidException, IOException {
    requireObject(what);
    Map<String, String> texts = new HashMap<>();
    long size = -1;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      var _ = json.nextToken();
      switch (member) {
        case "size" -> size = number(what + ".size");
        case "path", "blake3", "media_type" -> texts.put(member, text(what + "." + member));
        default -> throw unknown(member, what);
      }
    }
    if (size < 0) {
      throw invalid(what + " has no 'size', or one below 0");
    }
    String path = required(texts, "path", what);
    Digest digest = digest(required(texts, "blake3", what), what + ".blake3");
    String mediaType = required(texts, "media_type", what);
    try {
      return new ArtifactFile(path, size, digest, mediaType);
    } catch (IllegalArgumentException e) {
      throw invalid(what + ": " + e.getMessage());
    }
  }

  private ArtifactDependency dependency(String what) throws PayloadInvalidException, IOException {
    Map<String, String> texts = texts(what, Set.of("name", "version", "asset"));
    String name = required(texts, "name", what);
    Optional<Digest> asset = Optional.empty();
    String hex = texts.get("asset");
    if (hex != null) {
      asset = Optional.of(digest(hex, what + ".asset"));
    }
    try {
      return new ArtifactDependency(name, Optional.ofNullable(texts.get("version")), asset);
    } catch (IllegalArgumentException e) {
      throw invalid(what + ": " + e.getMessage());
    }
  }

  private ArtifactParent parent(String what) throws PayloadInvalidException, IOException {
    Map<String, String> texts = texts(what, Set.of("parent", "transform"));
    Digest parent = digest(required(texts, "parent", what), what + ".parent");
    try {
      return new ArtifactParent(parent, texts.getOrDefault("transform", ""));
    } catch (IllegalArgumentException e) {
      throw invalid(what + ": " + e.getMessage());
    }
  }

  private Map<String, String> metadata() throws PayloadInvalidException, IOException {
    requireObject("metadata");
    Map<String, String> metadata = new TreeMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      var _ = json.nextToken();
      metadata.put(key, text("metadata." + Utf8.shown(key)));
      if (metadata.size() > Limits.METADATA_ENTRIES_MAX) {
        throw invalid("metadata has over " + Limits.METADATA_ENTRIES_MAX + " members");
      }
    }
    return metadata;
  }

  /** An object whose members are all texts. */
  private Map<String, String> texts(String what, Set<String> known)
      throws PayloadInvalidException, IOException {
    requireObject(what);
    Map<String, String> texts = new HashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      var _ = json.nextToken();
      if (!known.contains(member)) {
        throw unknown(member, what);
      }
      texts.put(member, text(what + "." + member));
    }
    return texts;
  }

  private <T> List<T> list(String what, int max, Element<T> element)
      throws PayloadInvalidException, IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw invalid(what + " is not a list");
    }
    List<T> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (list.size() == max) {
        throw invalid(what + " has over " + max + " elements");
      }
      list.add(element.read(what + "[" + list.size() + "]"));
    }
    return list;
  }

  private void requireObject(String what) throws PayloadInvalidException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw invalid(what + " is not an object");
    }
  }

  private String text(String what) throws PayloadInvalidException, IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw invalid(what + " is not a text");
    }
    return json.getText();
  }

  private long number(String what) throws PayloadInvalidException, IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
        || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw invalid(what + " is not a number from 0 to 2^63 - 1");
    }
    return json.getLongValue();
  }

  private static String required(Map<String, String> texts, String member, String what)
      throws PayloadInvalidException {
    String text = texts.get(member);
    if (text == null) {
      throw invalid(what + " has no '" + member + "'");
    }
    return text;
  }

  private static Digest digest(String hex, String what) throws PayloadInvalidException {
    try {
      return Digest.parse(hex);
    } catch (IllegalArgumentException e) {
      throw invalid(what + ": " + e.getMessage());
    }
  }

  private static PayloadInvalidException unknown(String member, String what) {
    return invalid(what + " has a member that version 1 does not know: " + Utf8.shown(member));
  }

  private static PayloadInvalidException invalid(String what) {
    return new PayloadInvalidException(ArtifactPaths.MANIFEST, what);
  }
}
