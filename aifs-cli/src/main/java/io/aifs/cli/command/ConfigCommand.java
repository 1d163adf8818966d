package io.aifs.cli.command;

import io.aifs.cli.config.Setting;
import io.aifs.cli.config.Settings;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Table;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code aifs config}: the group. */
@Command(
    name = "config",
    header = "Show what the settings are.",
    customSynopsis = "aifs config show [OPTIONS]",
    footer = {"Examples:", "  aifs config show", "  aifs config show --profile lab"})
final class ConfigCommand {
  /** {@code aifs config show}. */
  @Command(
      name = "show",
      header = "Show every setting, its value and where it comes from.",
      customSynopsis = "aifs config show [OPTIONS]",
      description = {
        "Built in, then the configuration file, then AIFS_* variables, then flags: later goes first.",
        "A profile ranks as what named it. The file is $XDG_CONFIG_HOME/aifs/config.toml:",
        "",
        "  namespace = \"vision\"",
        "  [profiles.lab]",
        "  server = \"lab.example.org:50051\"",
        "  token_file = \"/home/me/lab.token\""
      },
      footer = {"Examples:", "  AIFS_JOBS=2 aifs config show"})
  static final class Show extends AifsAction {
    Show(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Settings settings = invocation().settings();
      Table table = Table.headed("SETTING", "VALUE", "FROM", "MEANING");
      try (Rows rows = output().rows("settings")) {
        for (Setting setting : Settings.all()) {
          Optional<Settings.Value> value = settings.value(setting);
          String text = value.map(Settings.Value::text).orElse("-");
          String origin = value.map(Settings.Value::origin).map(Object::toString).orElse("-");
          table.row(setting.label(), text, origin, setting.description());
          rows.add(
              "",
              Fields.of("setting", setting.label())
                  .with("value", value.map(Settings.Value::text))
                  .with("from", origin)
                  .with("variable", setting.variable())
                  .with("key", setting.key()));
        }
        rows.summary(
            "", Fields.of("file", settings.homes().configFile()).with("store", settings.store()));
      }
      output().table(table);
      output().line("");
      output().line("file:  " + settings.homes().configFile());
      output().line("store: " + settings.store());
      return ExitCode.OK;
    }
  }
}
