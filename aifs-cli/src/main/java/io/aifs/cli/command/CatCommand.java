package io.aifs.cli.command;

import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.transfer.ByteRange;
import io.aifs.client.AifsClient;
import io.aifs.client.ProofDemand;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs cat}. */
@Command(
    name = "cat",
    header = "Write the content of files to standard output.",
    customSynopsis = "aifs cat [OPTIONS] ADDR...",
    footer = {
      "Examples:",
      "  aifs cat main:README.md",
      "  aifs cat main:log.txt --range -1000",
      "  aifs cat aifs://default/main/part1 aifs://default/main/part2 > whole"
    })
final class CatCommand extends AifsAction {
  @Parameters(
      paramLabel = "ADDR",
      arity = "1..*",
      hideParamSyntax = true,
      description = "files, one after the other")
  private List<String> addresses = new ArrayList<>();

  @Option(
      names = "--range",
      paramLabel = "A-B",
      description = "only bytes A to B of each (from 0, both included); A- or -N")
  private Optional<String> range = Optional.empty();

  CatCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Optional<ByteRange> bytes = range.map(GetCommand::parse);
    Places places = invocation().places();
    for (String address : addresses) {
      Place place = places.find(address);
      AifsClient client = places.clientFor(place);
      switch (Gettable.at(place, client)) {
        case Gettable.OfFile file when bytes.isPresent() ->
            GetCommand.noteUnproven(
                file.copy(client, bytes.get(), ProofDemand.IF_OFFERED, output().bytes()),
                invocation());
        case Gettable.OfFile file -> file.copy(client, output().bytes());
        case Gettable.OfDirectory(Place.OfPath directory) ->
            throw Usage.error(directory + " is a directory", "'aifs ls' shows what is in it");
      }
    }
    return ExitCode.OK;
  }
}
