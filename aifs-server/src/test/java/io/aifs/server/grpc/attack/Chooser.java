package io.aifs.server.grpc.attack;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Chooses what the blanks of one call name. Not thread-safe. */
final class Chooser {
  private static final int SIZE_OF_NOTHING = 100;

  private final SplittableRandom random;
  private final Party mine;
  private final Optional<Party> victim;
  private final Names nowhere;
  private final Map<String, Choice> numbered = new HashMap<>();

  /** What stands for a thing of the victim wherever the call names it. */
  private final Map<Thing, String> stands = new HashMap<>();

  private Optional<Party> sharing = Optional.empty();

  /**
   * @param mine who calls
   * @param victim whose things are named as well
   * @param nowhere makes names that nothing has
   */
  Chooser(SplittableRandom random, Party mine, Optional<Party> victim, Names nowhere) {
    this.random = random;
    this.mine = mine;
    this.victim = victim;
    this.nowhere = nowhere;
  }

  /** Puts content of this party now and then, as if both had found it in one place. */
  Chooser sharing(Party other) {
    sharing = Optional.of(other);
    return this;
  }

  Choice choose(String blank, String digit) {
    if (blank.equals("size")) {
      return Choice.word(Integer.toString(sizeOf(choose("asset", digit).thing().here())));
    }
    String group = groupOf(blank);
    return digit.isEmpty() ? one(group) : numbered.computeIfAbsent(group + digit, _ -> one(group));
  }

  private int sizeOf(String asset) {
    return victim
        .flatMap(party -> party.sizeOf(asset))
        .or(() -> mine.sizeOf(asset))
        .orElse(SIZE_OF_NOTHING);
  }

  private static String groupOf(String blank) {
    return switch (blank) {
      case "digest", "prefix" -> "asset";
      case "dir" -> "path";
      default -> blank;
    };
  }

  private Choice one(String group) {
    return switch (group) {
      case "ns" -> namespace();
      case "bool" -> Choice.word(Boolean.toString(random.nextBoolean()));
      case "few" -> Choice.word(Integer.toString(random.nextInt(5)));
      case "kind" -> Choice.word(random.nextInt(4) == 0 ? "TENSOR" : "BLOB");
      case "asset" -> old(ThingKind.ASSET);
      case "snap" -> old(ThingKind.SNAPSHOT);
      case "tx" -> old(ThingKind.TRANSACTION);
      case "path" -> old(ThingKind.PATH);
      case "tag" -> old(ThingKind.TAG);
      case "type" -> old(ThingKind.TYPE);
      case "event" -> old(ThingKind.EVENT);
      case "token" -> old(ThingKind.TOKEN);
      case "page" -> random.nextBoolean() ? Choice.word("") : old(ThingKind.PAGE);
      case "branch" -> random.nextBoolean() ? Choice.word("main") : old(ThingKind.BRANCH);
      case "key" -> any(ThingKind.KEY);
      case "value", "text" -> any(ThingKind.VALUE);
      case "transform" -> any(ThingKind.TRANSFORM);
      case "request" -> any(ThingKind.REQUEST);
      case "content" -> content();
      case "newpath" -> fresh(ThingKind.PATH);
      case "newbranch" -> fresh(ThingKind.BRANCH);
      case "newtag" -> fresh(ThingKind.TAG);
      case "newtype" -> fresh(ThingKind.TYPE);
      case "ref" -> ref();
      case "end" -> end();
      default -> throw new IllegalArgumentException("blank is unknown: " + group);
    };
  }

  private Choice namespace() {
    int drawn = random.nextInt(20);
    if (drawn == 0 && victim.isPresent()) {
      return Choice.word(victim.get().namespace());
    }
    return Choice.word(drawn == 1 ? "" : mine.namespace());
  }

  private Choice content() {
    return random.nextInt(4) == 0
        ? sharing
            .flatMap(party -> party.any(ThingKind.CONTENT, random))
            .map(thing -> own(thing, true))
            .orElseGet(() -> any(ThingKind.CONTENT))
        : any(ThingKind.CONTENT);
  }

  private Choice ref() {
    return switch (random.nextInt(5)) {
      case 0 -> Choice.word("main");
      case 1 -> old(ThingKind.TAG);
      case 2 -> old(ThingKind.BRANCH);
      default -> old(ThingKind.SNAPSHOT).behind("snap:");
    };
  }

  private Choice end() {
    return switch (random.nextInt(6)) {
      case 0 -> any(ThingKind.OBJECT);
      case 1 -> old(ThingKind.SNAPSHOT).behind("snap:");
      case 2 -> old(ThingKind.BRANCH).behind("ref:");
      default -> old(ThingKind.ASSET).behind("asset:");
    };
  }

  /** Something that was made before: theirs or one's own. */
  private Choice old(ThingKind kind) {
    return theirs(kind)
        .or(() -> mine.any(kind, random).map(thing -> own(thing, false)))
        .orElseGet(() -> own(Thing.same(kind, nowhere.nameOf(kind)), false));
  }

  /** Something that is made by being named: again, or anew. */
  private Choice any(ThingKind kind) {
    return random.nextBoolean() ? old(kind) : fresh(kind);
  }

  private Choice fresh(ThingKind kind) {
    return random.nextInt(3) == 0 ? theirs(kind).orElseGet(() -> anew(kind)) : anew(kind);
  }

  private Choice anew(ThingKind kind) {
    return own(Thing.same(kind, mine.newName(kind)), true);
  }

  private static Choice own(Thing thing, boolean made) {
    return new Choice("", thing, Optional.empty(), made);
  }

  private Optional<Choice> theirs(ThingKind kind) {
    if (random.nextInt(3) == 0) {
      return Optional.empty();
    }
    return victim
        .flatMap(party -> party.any(kind, random))
        .map(thing -> new Choice("", thing, Optional.of(standingFor(thing)), false));
  }

  private String standingFor(Thing thing) {
    return stands.computeIfAbsent(thing, nowhere::like);
  }
}
