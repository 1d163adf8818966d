package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Table;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.AifsClient;
import io.aifs.client.Namespaces.NamespaceInfo;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Name;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs namespace}: the group; its members do the work. */
@Command(
    name = "namespace",
    header = "Create and list namespaces.",
    customSynopsis = "aifs namespace create|list|show [OPTIONS]",
    footer = {
      "Examples:",
      "  aifs namespace list",
      "  aifs namespace create vision --description 'image sets'",
      "  aifs namespace show vision"
    })
final class NamespaceCommand {
  private static Name name(String text) {
    try {
      return new Name(text);
    } catch (IllegalArgumentException e) {
      throw Usage.error(e.getMessage() + "", "names look like my-data.v2");
    }
  }

  private static Fields fields(NamespaceInfo info) {
    return Fields.of("name", info.name())
        .with("description", info.description())
        .with("created_at", info.createdAt())
        .with("metadata", info.metadata());
  }

  /** {@code aifs namespace create}. */
  @Command(
      name = "create",
      header = "Create a namespace, with keys of its own.",
      customSynopsis = "aifs namespace create [OPTIONS] NAME",
      footer = {"Examples:", "  aifs namespace create vision --meta team=vision"})
  static final class Create extends AifsAction {
    @Parameters(paramLabel = "NAME", description = "lower case, digits, and . _ - inside")
    private String name = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "what it is for")
    private String description = "";

    @Option(names = "--meta", paramLabel = "KEY=VALUE", description = "metadata; may be repeated")
    private Map<String, String> metadata = new LinkedHashMap<>();

    Create(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Name created = name(name);
      AifsClient client = invocation().client();
      client.namespaces().create(created, description, metadata);
      output().object(Fields.of("created", created).with("version", client.versions().newest()));
      invocation().say("created namespace " + created);
      return ExitCode.OK;
    }
  }

  /** {@code aifs namespace list}. */
  @Command(
      name = "list",
      header = "List the namespaces that the token may see.",
      customSynopsis = "aifs namespace list [OPTIONS]",
      footer = {"Examples:", "  aifs namespace list -o jsonl"})
  static final class ListAll extends AifsAction {
    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      try (Rows rows = output().rows("namespaces")) {
        for (NamespaceInfo info : invocation().client().namespaces().list()) {
          rows.add(
              (info.name() + "  " + Printable.of(info.description())).stripTrailing(),
              fields(info));
        }
      }
      return ExitCode.OK;
    }
  }

  /** {@code aifs namespace show}. */
  @Command(
      name = "show",
      header = "Say what a namespace is.",
      customSynopsis = "aifs namespace show [OPTIONS] NAME",
      footer = {"Examples:", "  aifs namespace show default"})
  static final class Show extends AifsAction {
    @Parameters(paramLabel = "NAME", description = "the namespace")
    private String name = "";

    Show(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      NamespaceInfo info = invocation().client().namespaces().get(name(name));
      Table table =
          new Table()
              .row("name", info.name().value())
              .row("description", info.description())
              .row("created", info.createdAt().toString());
      info.metadata().forEach((key, value) -> table.row("meta", key + " = " + value));
      output().table(table);
      output().object(fields(info));
      return ExitCode.OK;
    }
  }
}
