package io.aifs.cli.config;

import io.aifs.cli.terminal.Surroundings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The places that set something, in order. A profile ranks as what named it: one named by a flag
 * goes before the environment, one named in the file belongs to the file. Within a rank the more
 * specific goes first: a variable or flag before the profile, the profile before the file's top.
 */
final class SettingLayers {
  private final ConfigFile file;
  private final Layer top;
  private final Layer environment;
  private final Layer flags;

  SettingLayers(Surroundings surroundings, ConfigFile file, Map<Setting, String> flags) {
    this.file = file;
    this.top =
        Layer.of(
            Origin.Rank.FILE, file.settings(), setting -> setting.key() + " in " + file.path());
    this.environment =
        Layer.of(Origin.Rank.ENVIRONMENT, variables(surroundings), Setting::variable);
    this.flags = Layer.of(Origin.Rank.FLAG, flags, setting -> "--" + setting.label());
  }

  private static Map<Setting, String> variables(Surroundings surroundings) {
    Map<Setting, String> found = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      surroundings.variable(setting.variable()).ifPresent(text -> found.put(setting, text));
    }
    return found;
  }

  List<Layer> lowestFirst() {
    List<Layer> layers = new ArrayList<>();
    layers.add(top);
    profile(Origin.Rank.FILE).ifPresent(layers::add);
    profile(Origin.Rank.ENVIRONMENT).ifPresent(layers::add);
    layers.add(environment);
    profile(Origin.Rank.FLAG).ifPresent(layers::add);
    layers.add(flags);
    return layers;
  }

  /** The chosen profile, if something of this rank chose it. */
  private Optional<Layer> profile(Origin.Rank rank) {
    return flags
        .get(Setting.PROFILE)
        .or(() -> environment.get(Setting.PROFILE))
        .or(() -> top.get(Setting.PROFILE))
        .filter(named -> named.origin().rank() == rank)
        .map(named -> profile(named.text(), rank));
  }

  private Layer profile(String name, Origin.Rank rank) {
    return Layer.of(rank, file.profile(name), _ -> "profile " + name + " in " + file.path());
  }
}
