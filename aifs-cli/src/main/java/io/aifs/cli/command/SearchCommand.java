package io.aifs.cli.command;

import io.aifs.cli.output.Rows;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.client.AifsClient;
import io.aifs.client.Search;
import io.aifs.client.SearchRequest;
import io.aifs.core.ExitCode;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs search}. */
@Command(
    name = "search",
    header = "Find assets by vector.",
    customSynopsis = {
      "aifs search [OPTIONS] [ADDR] --like ADDR",
      "aifs search [OPTIONS] [ADDR] --vector FILE|-"
    },
    description = {
      "Score, id, part and path of the nearest assets; a higher score is nearer. With ADDR, or",
      "--at and --path, only what that ref holds there, as it was. A file of vectors holds raw",
      "float32 values, an array of JSON, or a NumPy array; several vectors are several queries.",
      "Conditions: KEY=VALUE, !=, >, >=, <, <=, KEY in (A, B), has KEY, not CONDITION, where KEY",
      "is of the metadata, or @kind, @size or @created. All of them must hold."
    },
    footer = {
      "Examples:",
      "  aifs search --like main:cats/1.png -k 5",
      "  aifs search main:cats --vector query.npy --where lang=en --where 'year>=2020'",
      "  aifs search --at v1 --vector - --space clip -o jsonl < query.json"
    })
final class SearchCommand extends AifsAction {
  @Parameters(
      paramLabel = "ADDR",
      arity = "0..1",
      description = "only what is there (default: all assets of the namespace)")
  private Optional<String> address = Optional.empty();

  @Option(
      names = "--like",
      paramLabel = "ADDR",
      description = "near this asset, which is left out itself; may be repeated")
  private List<String> likes = new ArrayList<>();

  @Option(
      names = "--vector",
      paramLabel = "FILE",
      description = "near the vectors of a file; - is standard input; may be repeated")
  private List<String> vectors = new ArrayList<>();

  @Option(
      names = {"-k", "--count"},
      paramLabel = "N",
      description = "how many assets for each query (default: 10)")
  private int count = 10;

  @Option(
      names = "--at",
      paramLabel = "REF",
      description = "only what a branch, tag or snapshot holds")
  private Optional<String> at = Optional.empty();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "only what is at or below this path, of branch main without --at")
  private Optional<String> path = Optional.empty();

  @Option(
      names = {"--where", "--filter"},
      paramLabel = "CONDITION",
      description = "only assets for which it holds; may be repeated")
  private List<String> where = new ArrayList<>();

  @Option(
      names = "--space",
      paramLabel = "NAME",
      description = "the embedding space (default: the only one, or the one of the dimension)")
  private Optional<String> space = Optional.empty();

  @Option(names = "--exact", description = "look at every vector")
  private boolean exact;

  @Option(
      names = "--effort",
      paramLabel = "N",
      description = "candidates of the graph search; more find better and take longer")
  private int effort;

  @Option(names = "--min-score", paramLabel = "X", description = "leave out lower scores")
  private Optional<Double> least = Optional.empty();

  @Option(names = "--metadata", description = "also kind, size and metadata of each asset")
  private boolean metadata;

  SearchCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Places places = invocation().places();
    Optional<Place.OfPath> place = place(places);
    AifsClient client = place.isPresent() ? places.clientFor(place.get()) : invocation().client();
    List<Search.Probe> probes = probes(places, client);
    if (count < 1) {
      throw Usage.error("-k is " + count, "ask for at least one");
    }
    Optional<Name> name = space.map(RefArgument::name);
    SearchRequest request =
        new SearchRequest(
            name,
            probes,
            count,
            effort,
            exact,
            least.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
            where,
            place.map(Place.OfPath::ref),
            place.map(Place.OfPath::path).orElse(TreePath.ROOT),
            metadata,
            Duration.ZERO);
    Search.Answer answer = client.search().search(request);
    try (Rows rows = output().rows("hits")) {
      SearchPrinter printer = new SearchPrinter(rows, probes.size());
      printer.print(answer);
    }
    if (answer.space().isEmpty()) {
      invocation().say("nothing is embedded in namespace " + client.namespace());
    } else if (answer.state() == Search.IndexState.DROPPED) {
      invocation().say("there is no index: 'aifs index build " + answer.space() + "' makes it");
    }
    return ExitCode.OK;
  }

  /** The ref and path to search in; empty for all assets. */
  private Optional<Place.OfPath> place(Places places) {
    if (address.isPresent()) {
      if (at.isPresent() || path.isPresent()) {
        throw Usage.error("ADDR says where to search already", "leave out --at and --path");
      }
      return Optional.of(places.findPath(address.get()));
    }
    if (at.isEmpty() && path.isEmpty()) {
      return Optional.empty();
    }
    Place.OfPath ref =
        RefArgument.alone(places, at.orElse(Ref.MAIN.toString())).withPath(TreePath.ROOT);
    return Optional.of(path.map(text -> ref.withPath(tree(text))).orElse(ref));
  }

  private static TreePath tree(String text) {
    try {
      return new TreePath(text);
    } catch (IllegalArgumentException e) {
      throw Usage.error("--path: " + e.getMessage(), "write a path such as data/train");
    }
  }

  private List<Search.Probe> probes(Places places, AifsClient client) throws IOException {
    List<Search.Probe> probes = new ArrayList<>();
    for (String like : likes) {
      AssetArgument asset = AssetArgument.find(places, like);
      if (!asset.client().namespace().equals(client.namespace())) {
        throw Usage.error(
            "'" + like + "' is of another namespace", "name an asset of " + client.namespace());
      }
      probes.add(new Search.Probe.Like(asset.id(), ""));
    }
    for (String file : vectors) {
      VectorArgument.all(invocation(), file)
          .forEach(vector -> probes.add(new Search.Probe.Near(vector)));
    }
    if (probes.isEmpty()) {
      throw Usage.error("there is nothing to be near to", "give --like ADDR or --vector FILE");
    }
    return probes;
  }
}
