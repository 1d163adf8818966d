package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.core.ExitCode;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code aifs checkout}. */
@Command(
    name = "checkout",
    header = "Bring a path or a whole tree back into a branch, from any ref.",
    customSynopsis = "aifs checkout [OPTIONS] REF[:PATH] [TO]",
    description = {
      "TO then is, with all below it, what PATH is in REF; what was there before and is not in",
      "REF is gone from the branch. No content moves, and it can be undone from the branch's",
      "snapshots. Files of this machine are not touched: 'aifs get REF:PATH DST' brings them back."
    },
    footer = {
      "Examples:",
      "  aifs checkout main~1:data/train.csv",
      "  aifs checkout v1:data main:data-v1",
      "  aifs checkout v1 trial:"
    })
final class CheckoutCommand extends AifsAction {
  @Parameters(
      index = "0",
      paramLabel = "REF[:PATH]",
      description = "what to bring back (default: everything in REF)")
  private String ref = "";

  @Parameters(
      index = "1",
      paramLabel = "TO",
      arity = "0..1",
      description = "what it becomes, or a directory with / (default: the same path on main)")
  private Optional<String> to = Optional.empty();

  CheckoutCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Places places = invocation().places();
    Place.OfPath source = places.findRef(ref);
    Place.OfPath target =
        to.map(text -> target(places.findPath(text), source))
            .orElse(
                new Place.OfPath(source.namespace(), Ref.MAIN, source.path(), source.directory()));
    Name branch = target.branch();
    if (!source.namespace().equals(target.namespace())) {
      throw Usage.error(
          "a path cannot come from another namespace", "'aifs get' it, then 'aifs put' it there");
    }
    long entries =
        places
            .clientFor(source)
            .history()
            .checkout(branch, target.path(), source.ref(), source.path());
    output().object(Fields.of("address", target).with("from", source).with("entries", entries));
    invocation()
        .say(
            "%s is what it is in %s: %s"
                .formatted(target, source.ref(), Sizes.count(entries, "entry")));
    return ExitCode.OK;
  }

  /** Into a directory that is named as one; a whole tree goes where it is told. */
  private static Place.OfPath target(Place.OfPath given, Place.OfPath source) {
    return given.directory() && !source.path().isRoot() ? given.child(source.path().name()) : given;
  }
}
