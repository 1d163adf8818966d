package io.aifs.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help looks: a command's own options before those of every command, commands by heading. */
final class HelpLayout {
  private static final int WIDTH = 100;

  static void applyTo(CommandLine line) {
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.width(WIDTH);
    usage.synopsisHeading("%nUsage: ");
    if (usage.description().length > 0) {
      usage.descriptionHeading("%n");
    }
    usage.commandListHeading("");
    usage.parameterListHeading("%n");
    usage.footerHeading("%n");
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
    line.getSubcommands().values().forEach(HelpLayout::applyTo);
  }

  /** The root lists its commands by heading; a group of commands has a plain list. */
  static void applyToRoot(CommandLine root) {
    applyTo(root);
    List<String> sections = new ArrayList<>(root.getHelpSectionKeys());
    sections.remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
    sections.add(
        sections.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST),
        UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
    root.setHelpSectionKeys(sections);
    root.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> commands(help.subcommands()));
  }

  private static String options(Help help) {
    List<OptionSpec> own = new ArrayList<>();
    List<OptionSpec> everywhere = new ArrayList<>();
    for (OptionSpec option : help.commandSpec().options()) {
      boolean root = help.commandSpec().parent() == null;
      (option.inherited() || root ? everywhere : own).add(option);
    }
    String text = own.isEmpty() ? "" : "\nOptions:\n" + list(help, own);
    return text + "\nOptions of every command:\n" + list(help, everywhere);
  }

  private static String list(Help help, List<OptionSpec> options) {
    return help.optionListExcludingGroups(options);
  }

  private static String commands(Map<String, Help> commands) {
    StringBuilder text = new StringBuilder("\nCommands:\n");
    String heading = "";
    for (CommandEntry command : CommandTable.ALL) {
      Help help = commands.get(command.name());
      if (help == null) {
        continue;
      }
      text.append(
          "  %-7s %-12s %s%n"
              .formatted(
                  command.heading().equals(heading) ? "" : command.heading(),
                  command.name(),
                  header(help)));
      heading = command.heading();
    }
    return text.toString();
  }

  private static String header(Help help) {
    String[] header = help.commandSpec().usageMessage().header();
    return header.length == 0 ? "" : header[0];
  }

  private HelpLayout() {}
}
