package io.aifs.cli.command;

import io.aifs.cli.config.ByteCounts;
import io.aifs.cli.config.Durations;
import io.aifs.cli.terminal.Printable;
import io.aifs.core.model.Timestamps;
import io.aifs.core.token.CaveatKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Restrictions of a token, as options. */
final class CaveatOptions {
  private static final Pattern DURATION = Pattern.compile("[0-9]+(ms|s|m|h|d)");

  @Option(
      names = "--methods",
      paramLabel = "WORDS",
      description =
          "only these: put, get, delete, search, list, subscribe, snapshot, metrics, admin")
  private Optional<String> methods = Optional.empty();

  @Option(
      names = {"--ns", "--namespaces"},
      paramLabel = "NAMES",
      description = "only these namespaces")
  private Optional<String> namespaces = Optional.empty();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "it ends after this time (30d) or at it (2027-02-19, 2027-02-19T12:00:00Z)")
  private Optional<String> expires = Optional.empty();

  @Option(names = "--not-before", paramLabel = "TIME", description = "it begins then")
  private Optional<String> notBefore = Optional.empty();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "only this path of a namespace, and what is below it")
  private Optional<String> path = Optional.empty();

  @Option(
      names = "--ref",
      paramLabel = "REFS",
      description = "only these branches, tags and snapshots (snap:ID)")
  private Optional<String> refs = Optional.empty();

  @Option(names = "--asset", paramLabel = "IDS", description = "only these assets")
  private Optional<String> assets = Optional.empty();

  @Option(names = "--kind", paramLabel = "KINDS", description = "only assets of these kinds")
  private Optional<String> kinds = Optional.empty();

  @Option(
      names = "--max-bytes",
      paramLabel = "SIZE",
      description = "no call carries more in either direction; 10M is 10 MiB")
  private Optional<String> maxBytes = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      description = "so many calls a second, a minute (/m) or an hour (/h)")
  private Optional<String> rate = Optional.empty();

  @Option(
      names = "--client",
      paramLabel = "NETS",
      description = "only from these addresses and networks; 'local' is this machine's socket")
  private Optional<String> clients = Optional.empty();

  @Option(
      names = "--caveat",
      paramLabel = "'KEY = VALUE'",
      description = "a restriction as it stands in the token; may be repeated")
  private List<String> caveats = new ArrayList<>();

  /**
   * The restrictions as they stand in a token.
   *
   * @throws io.aifs.core.AifsException.InvalidRequest if a server would not understand one
   */
  List<String> texts(Instant now) {
    List<String> texts = new ArrayList<>();
    add(texts, "--methods", CaveatKind.METHODS, methods, text -> text);
    add(texts, "--namespaces", CaveatKind.NAMESPACE, namespaces, text -> text);
    add(texts, "--expires", CaveatKind.EXPIRES, expires, text -> end(text, now));
    add(texts, "--not-before", CaveatKind.NOT_BEFORE, notBefore, text -> time(text, now) + "");
    add(texts, "--path", CaveatKind.PATH, path, CaveatOptions::withoutSlash);
    add(texts, "--ref", CaveatKind.REF, refs, text -> text);
    add(texts, "--asset", CaveatKind.ASSET, assets, text -> text);
    add(texts, "--kind", CaveatKind.KIND, kinds, text -> text.toLowerCase(Locale.ROOT));
    add(texts, "--max-bytes", CaveatKind.MAX_BYTES, maxBytes, text -> ByteCounts.parse(text) + "");
    add(texts, "--rate", CaveatKind.RATE, rate, text -> text);
    add(texts, "--client", CaveatKind.CLIENT, clients, text -> text);
    for (String caveat : caveats) {
      try {
        texts.add(CaveatKind.checked(caveat));
      } catch (IllegalArgumentException e) {
        throw wrong("--caveat", caveat, e);
      }
    }
    return texts;
  }

  private static void add(
      List<String> texts,
      String option,
      CaveatKind kind,
      Optional<String> given,
      UnaryOperator<String> value) {
    if (given.isEmpty()) {
      return;
    }
    try {
      texts.add(kind.text(value.apply(given.get())));
    } catch (IllegalArgumentException e) {
      throw wrong(option, given.get(), e);
    }
  }

  private static RuntimeException wrong(String option, String given, IllegalArgumentException e) {
    return Usage.error(
        "%s '%s': %s".formatted(option, Printable.of(given), e.getMessage()),
        "the user guide says under 'Tokens' what can be given");
  }

  private static String end(String text, Instant now) {
    Instant end = time(text, now);
    if (!end.isAfter(now)) {
      throw new IllegalArgumentException("it has passed");
    }
    return end.toString();
  }

  /** A time from now, or one of the calendar. */
  private static Instant time(String text, Instant now) {
    return DURATION.matcher(text).matches()
        ? now.plus(Durations.parse(text)).truncatedTo(ChronoUnit.SECONDS)
        : Timestamps.parseAny(text);
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
