package io.aifs.server.grpc.attack;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.proto.v1.Options;
import io.aifs.server.grpc.TestTokens;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Two servers: here is one with the tenants A and B, there one with A alone. All that A does is
 * done on both, and answered in the same way, whatever B does here and whatever of B's A names. A's
 * things are of two parties: what some restricted tokens of A are for, and the rest. Not
 * thread-safe.
 */
final class Attack {
  private static final int FINDINGS_MAX = 40;
  private static final Duration STEP = Duration.ofMillis(10);

  /** What the rest of A does: nothing that could bring it to where restricted tokens may look. */
  private static final Set<String> PLAIN_WRITES =
      Set.of("aifs.v1.AIFS/PutAsset", "aifs.v1.Tree/PutFiles", "aifs.v1.Lineage/AddParents");

  /** What tokens of one family have together, however they are restricted. */
  private static final Set<ThingKind> OF_FAMILY = EnumSet.of(ThingKind.REQUEST);

  private static final Set<ThingKind> CONTENT = EnumSet.of(ThingKind.CONTENT);

  /** Calls that go on from a place in the order of the whole store, as its versions are. */
  private static final Set<String> FROM_A_PLACE =
      Set.of(
          "aifs.v1.AIFS/ListAssets",
          "aifs.v1.AIFS/SubscribeEvents",
          "aifs.v1.Refs/ListBranchMoves");

  private static final Set<ThingKind> PLACES = EnumSet.of(ThingKind.EVENT, ThingKind.PAGE);

  private final SplittableRandom random;
  private final SetClock clock;
  private final Server here;
  private final Server there;
  private final Names nowhere;
  private final Party a;
  private final Party restOfA;
  private final Party b;
  private final List<Template> templates;
  private final List<Template> plainWrites;
  private final IdPairs ids = IdPairs.lasting();
  private final LeakScan scanForB;
  private final LeakScan scanForRest;
  private final Map<String, Integer> good = new TreeMap<>();
  private final Map<String, Integer> made = new TreeMap<>();
  private final Map<String, String> findings = new LinkedHashMap<>();
  private long calls;

  Attack(SplittableRandom random, SetClock clock, Server here, Server there) {
    this.random = random;
    this.clock = clock;
    this.here = here;
    this.there = there;
    this.nowhere = new Names(random.split());
    Names names = new Names(random.split());
    this.a = new Party("a", names, names.mark() + "/");
    Names others = new Names(random.split());
    this.restOfA = new Party("a", others, others.mark() + "/");
    this.b = new Party("b", new Names(random.split()), "");
    this.templates =
        Calls.all().stream().filter(call -> here.methods().containsKey(call.method())).toList();
    this.plainWrites =
        templates.stream()
            .filter(call -> PLAIN_WRITES.contains(call.method()))
            .filter(call -> call.messages().stream().noneMatch(one -> one.contains("$tx")))
            .toList();
    this.scanForB = new LeakScan(b);
    this.scanForRest = new LeakScan(restOfA);
  }

  /** A token of A. */
  String ofA(String... caveats) {
    List<String> all = new ArrayList<>(List.of("namespace = a"));
    all.addAll(List.of(caveats));
    return TestTokens.of("tenant-a", all.toArray(String[]::new));
  }

  /** What the paths of A are below that restricted tokens are for. */
  String pathOfA() {
    return a.names().mark();
  }

  /** B does something, which nobody else is to notice. */
  void workOfB() {
    Chooser chooser = new Chooser(random, b, Optional.empty(), nowhere);
    Template template = templates.get(random.nextInt(templates.size()));
    Filled call = Filled.of(template, chooser.sharing(a));
    Answer answer =
        here.call(TestTokens.of("tenant-b", "namespace = b"), template.method(), call.here());
    if (answer.isOk()) {
      book(call, b);
      new Harvest(b::made).take(answer, answer);
    }
  }

  /** A does something of their own. */
  void workOfA() {
    clock.goOn(STEP);
    Template template = templates.get(random.nextInt(templates.size()));
    step(ofA(), Filled.of(template, new Chooser(random, a, Optional.empty(), nowhere)), a);
  }

  /** A does something apart from what restricted tokens are for. */
  void workOfRest() {
    clock.goOn(STEP);
    Template template = plainWrites.get(random.nextInt(plainWrites.size()));
    step(
        ofA(),
        Filled.of(template, new Chooser(random, restOfA, Optional.empty(), nowhere)),
        restOfA);
  }

  /** A names something of B's. */
  void probe(String token) {
    clock.goOn(STEP);
    Filled call = naming(templates.get(random.nextInt(templates.size())), b);
    Answer answer = step(token, call, a);
    count(call, answer);
  }

  /** A restricted token names something of A's that is not in what it is for. */
  void probeRest(String token) {
    Template template = templates.get(random.nextInt(templates.size()));
    Filled call = naming(template, restOfA);
    clock.goOn(STEP);
    Answer answer = step(token, call, a);
    count(call, answer);
    Predicate<String> asked = LeakScan.within(call.here());
    Set<String> named = call.ids();
    scanForRest
        .find(answer, word -> asked.test(word) || named.contains(word) || a.knows(word))
        .ifPresent(word -> found(call, "tells " + word + " of the rest", answer.toString()));
    if (!template.consuming() && call.namesTheirs() && !call.namesTheirs(OF_FAMILY)) {
      Filled other = call.elsewhere(nowhere);
      Answer otherwise = step(token, other, a);
      Map<String, String> renamed = Filled.renamed(call, Thing::here, other, Thing::here);
      boolean repeated =
          answer.isOk()
              && otherwise.isOk()
              && isWrite(template.method())
              && !call.namesTheirs(CONTENT);
      Optional<String> difference =
          repeated // finds what the first did
              ? Optional.empty()
              : new Comparison(renamed, IdPairs.any()).difference(answer, otherwise);
      difference.ifPresent(
          how -> found(call, how, answer + "\nand of what is nowhere: " + otherwise));
    }
  }

  private Filled naming(Template template, Party victim) {
    Filled call = chosen(template, victim);
    for (int tries = 0; tries < 3 && !call.namesTheirs(); tries++) {
      call = chosen(template, victim);
    }
    return call;
  }

  private Filled chosen(Template template, Party victim) {
    return Filled.of(template, new Chooser(random, a, Optional.of(victim), nowhere));
  }

  /** Makes a call of A on both servers, which must answer the same and tell nothing of B. */
  private Answer step(String token, Filled call, Party by) {
    calls++;
    String method = call.template().method();
    Answer answer = here.call(token, method, call.here());
    Answer alone = there.call(token, method, call.there());
    Map<String, String> renamed = Filled.renamed(call, Thing::here, call, Thing::there);
    Optional<String> difference =
        isFromTheirPlace(call)
            ? Optional.empty()
            : new Comparison(renamed, ids).difference(answer, alone);
    difference.ifPresent(how -> found(call, how, answer + "\nand alone: " + alone));
    Predicate<String> asked = LeakScan.within(call.here());
    scanForB
        .find(
            answer,
            word ->
                asked.test(word)
                    || alone.tells(word)
                    || (isFromTheirPlace(call) && (a.knows(word) || restOfA.knows(word))))
        .ifPresent(word -> found(call, "tells " + word + " of B", answer.toString()));
    if (answer.isOk() && difference.isEmpty() && !isFromTheirPlace(call)) {
      book(call, by);
      if (isWrite(method)) {
        call.choices().forEach(choice -> by.learned(choice.thing()));
      }
      if (!method.startsWith("aifs.v1.Tokens/") || method.endsWith("/Mint")) {
        new Harvest(by::made).take(answer, alone);
      }
    }
    return answer;
  }

  /** B's place is another one in the store of A alone. */
  private static boolean isFromTheirPlace(Filled call) {
    return FROM_A_PLACE.contains(call.template().method()) && call.namesTheirs(PLACES);
  }

  private void found(Filled call, String what, String answers) {
    String text = call.template().method() + " " + call.here() + "\n" + answers;
    findings.putIfAbsent(
        call.template().method() + ": " + what.replaceAll("[0-9a-f]{8,}|[0-9]+", "*"), text);
    assertThat(findings.size()).as("kinds of leaks: %s", findings).isLessThan(FINDINGS_MAX);
  }

  /** Every kind of leak that was seen, with the first of it. */
  Map<String, String> findings() {
    return findings;
  }

  private static void book(Filled call, Party by) {
    for (Choice choice : call.choices()) {
      if (choice.made()) {
        by.made(choice.thing());
      }
    }
  }

  private boolean isWrite(String method) {
    List<String> words = wordsOf(requireNonNull(here.methods().get(method)));
    return !words.contains("get") && !words.contains("list");
  }

  private static List<String> wordsOf(MethodDescriptor<?, ?> method) {
    return Server.schema(method).getOptions().getExtension(Options.method);
  }

  private void count(Filled call, Answer answer) {
    made.merge(call.template().method(), 1, Integer::sum);
    if (answer.isOk()) {
      good.merge(call.template().method(), 1, Integer::sum);
    }
  }

  /** How many calls of A were made on both servers. */
  long calls() {
    return calls;
  }

  /** RPCs of which no call has succeeded. */
  Set<String> neverGood() {
    Set<String> never = new HashSet<>(made.keySet());
    never.removeAll(good.keySet());
    return never;
  }
}
