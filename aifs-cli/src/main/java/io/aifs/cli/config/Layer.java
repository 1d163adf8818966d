package io.aifs.cli.config;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Values of one rank. */
record Layer(Origin.Rank rank, Map<Setting, Settings.Value> values) {
  Layer {
    values = Map.copyOf(values);
  }

  static Layer of(Origin.Rank rank, Map<Setting, String> texts, Function<Setting, String> label) {
    Map<Setting, Settings.Value> values = new EnumMap<>(Setting.class);
    texts.forEach(
        (setting, text) ->
            values.put(setting, new Settings.Value(text, new Origin(rank, label.apply(setting)))));
    return new Layer(rank, values);
  }

  Optional<Settings.Value> get(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }
}
