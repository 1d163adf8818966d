package io.aifs.cli.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The configuration file: settings at the top, and profiles.
 *
 * @param profiles by name; each holds settings of its own
 */
record ConfigFile(
    Path path, Map<Setting, String> settings, Map<String, Map<Setting, String>> profiles) {
  private static final String PROFILES = "profiles";

  /**
   * Reads the file; one that does not exist is empty.
   *
   * @throws AifsException.InvalidRequest if it is not TOML or has a key that means nothing
   */
  static ConfigFile read(Path path) throws IOException {
    String text;
    try {
      text = Files.readString(path);
    } catch (NoSuchFileException _) {
      return new ConfigFile(path, Map.of(), Map.of());
    }
    return parse(path, text);
  }

  static ConfigFile parse(Path path, String text) throws IOException {
    JsonNode root = root(path, text);
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    Map<String, Map<Setting, String>> profiles = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (entry.getKey().equals(PROFILES)) {
        profiles.putAll(profiles(path, entry.getValue()));
      } else {
        put(path, settings, "", entry.getKey(), entry.getValue());
      }
    }
    return new ConfigFile(path, settings, profiles);
  }

  private static JsonNode root(Path path, String text) throws IOException {
    try {
      return new TomlMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw invalid(
          path,
          "",
          "is not valid TOML: %s%s"
              .formatted(
                  e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ",
                  e.getOriginalMessage()),
          "write each setting as: name = \"value\"");
    }
  }

  private static Map<String, Map<Setting, String>> profiles(Path path, JsonNode table) {
    Map<String, Map<Setting, String>> profiles = new TreeMap<>();
    for (Map.Entry<String, JsonNode> profile : table.properties()) {
      Map<Setting, String> settings = new EnumMap<>(Setting.class);
      String prefix = PROFILES + "." + profile.getKey() + ".";
      if (!profile.getValue().isObject()) {
        throw unknown(path, prefix + "?", Set.of(Setting.values()));
      }
      for (Map.Entry<String, JsonNode> entry : profile.getValue().properties()) {
        put(path, settings, prefix, entry.getKey(), entry.getValue());
      }
      profiles.put(profile.getKey(), settings);
    }
    return profiles;
  }

  private static void put(
      Path path, Map<Setting, String> settings, String prefix, String key, JsonNode value) {
    Set<Setting> allowed =
        Arrays.stream(Setting.values())
            .filter(setting -> prefix.isEmpty() || setting.inProfiles())
            .collect(Collectors.toSet());
    Setting setting =
        Setting.named(key)
            .filter(allowed::contains)
            .orElseThrow(() -> unknown(path, prefix + key, allowed));
    if (!value.isValueNode()) {
      throw invalid(path, key, "has no plain value for '" + prefix + key + "'", "write one value");
    }
    if (settings.put(setting, value.asText()) != null) {
      throw invalid(path, key, "has '" + prefix + key + "' twice", "keep one of them");
    }
  }

  private static AifsException unknown(Path path, String key, Set<Setting> allowed) {
    return invalid(
        path,
        key,
        "has an unknown key '" + key + "'",
        "the keys are: "
            + allowed.stream().map(Setting::key).sorted().collect(Collectors.joining(", ")));
  }

  private static AifsException invalid(Path path, String field, String problem, String hint) {
    return new AifsException.InvalidRequest(
        Reason.ARGUMENT_INVALID, field, "configuration file " + path + " " + problem, hint);
  }

  /**
   * The settings of a profile.
   *
   * @throws AifsException.InvalidRequest if there is none of this name
   */
  Map<Setting, String> profile(String name) {
    Map<Setting, String> found = profiles.get(name);
    if (found == null) {
      throw invalid(
          path,
          Setting.PROFILE.key(),
          "has no profile '" + name + "'",
          profiles.isEmpty()
              ? "add a section [profiles." + name + "]"
              : "it has: " + String.join(", ", profiles.keySet()));
    }
    return found;
  }
}
