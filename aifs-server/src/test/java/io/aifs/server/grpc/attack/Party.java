package io.aifs.server.grpc.attack;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Somebody with a namespace, and what they have made there. Not thread-safe. */
final class Party {
  private static final int KEPT_OF_A_KIND = 2_000;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16,64}|[0-9a-f-]{36}");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");

  private final String namespace;
  private final Names names;

  /** What the paths of their own begin with; empty or ends with a slash. */
  private final String below;

  private final Map<ThingKind, List<Thing>> things = new EnumMap<>(ThingKind.class);
  private final Set<String> words = new HashSet<>();

  private final Map<String, Integer> sizes = new HashMap<>();

  /** Their ids by {@link #keyOf}. */
  private final Map<Long, String> ids = new HashMap<>();

  Party(String namespace, Names names, String below) {
    this.namespace = namespace;
    this.names = names;
    this.below = below;
    for (ThingKind kind : ThingKind.values()) {
      things.put(kind, new ArrayList<>());
    }
    words.add(namespace);
  }

  String namespace() {
    return namespace;
  }

  Names names() {
    return names;
  }

  /** A new name of something of theirs, which is not among their things yet. */
  String newName(ThingKind kind) {
    return kind == ThingKind.PATH ? below + names.nameOf(kind) : names.nameOf(kind);
  }

  /** They have made it. */
  void made(Thing thing) {
    if (thing.here().isEmpty()) {
      return;
    }
    List<Thing> kept = requireNonNull(things.get(thing.kind()));
    if (kept.size() == KEPT_OF_A_KIND) {
      kept.removeFirst();
    }
    kept.add(thing);
    learned(thing);
    madeId(thing.here());
    if (thing.kind() == ThingKind.CONTENT) {
      String id = idOf(thing.here());
      sizes.put(id, thing.here().length());
      made(Thing.same(ThingKind.ASSET, id));
    }
  }

  /** If it is an id at all, it is theirs. */
  void madeId(String name) {
    if (ID.matcher(name).matches()) {
      ids.put(keyOf(name), name);
    }
  }

  /** The first eight bytes of an id; of one that begins with a time, the last. */
  static long keyOf(String id) {
    String digits = id.replace("-", "");
    int from = digits.length() < id.length() ? digits.length() - 16 : 0;
    return Long.parseUnsignedLong(digits, from, from + 16, 16);
  }

  /** The id of theirs that has these bytes. */
  Optional<String> idOf(long key) {
    return Optional.ofNullable(ids.get(key));
  }

  /** They know of it, whoever made it. */
  void learned(Thing thing) {
    if (thing.kind() == ThingKind.CONTENT) {
      words.add(thing.here().substring(0, thing.here().indexOf('.')));
      words.add(idOf(thing.here()));
    } else {
      BETWEEN_WORDS.splitAsStream(thing.here()).forEach(words::add);
    }
  }

  /** The length of an asset that they have made. */
  Optional<Integer> sizeOf(String asset) {
    return Optional.ofNullable(sizes.get(asset));
  }

  /** Whether they have said or been told this word by right. */
  boolean knows(String word) {
    return words.contains(word);
  }

  /** Some of a kind, newer ones more often; empty if they have made none. */
  Optional<Thing> any(ThingKind kind, SplittableRandom random) {
    List<Thing> kept = requireNonNull(things.get(kind));
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    int from = random.nextBoolean() ? Math.max(0, kept.size() - 10) : 0;
    return Optional.of(kept.get(random.nextInt(from, kept.size())));
  }

  static String idOf(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
