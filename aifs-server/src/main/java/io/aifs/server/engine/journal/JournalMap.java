package io.aifs.server.engine.journal;

import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.journal.JournalMalformedException;
import io.aifs.server.chunk.ChunkDamagedException;
import io.aifs.server.chunk.RecordOpener;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackDamage;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.PackSalvage;
import io.aifs.server.pack.RecordVisitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the records of the journal are, found by one pass over its packs. Not thread-safe. */
final class JournalMap implements RecordVisitor {
  private final PackSalvage packs;
  private final RecordOpener opener;
  private final List<String> damage = new ArrayList<>();

  /** Bodies by head, which without its part number says which body it is. */
  private final Map<RecordHead, Body> bodies = new LinkedHashMap<>();

  /** Where a record is. */
  record Place(PackId pack, long position) {}

  /** One body and its parts, each where it was found last. */
  static final class Body {
    private final RecordHead head;
    private final Map<Integer, Place> parts = new TreeMap<>();

    private Body(RecordHead head) {
      this.head = head;
    }

    RecordHead head() {
      return head;
    }

    Collection<Place> places() {
      return parts.values();
    }

    boolean whole() {
      return parts.size() == head.parts();
    }
  }

  private JournalMap(PackSalvage packs, RecordOpener opener) {
    this.packs = packs;
    this.opener = opener;
  }

  /** Goes through all packs of the journal. */
  static JournalMap of(PackSalvage packs, RecordOpener opener) throws IOException {
    JournalMap map = new JournalMap(packs, opener);
    packs.scan(map);
    return map;
  }

  @Override
  public void record(PackId pack, long position, PackRecord record) {
    if (record.type() != RecordType.JOURNAL) {
      return;
    }
    try {
      RecordHead head = RecordHead.read(ByteBuffer.wrap(opener.openGenuine(record)));
      RecordHead key =
          new RecordHead(
              head.kind(), 0, head.parts(), head.sequence(), head.number(), head.checkpoint());
      bodies.computeIfAbsent(key, Body::new).parts.put(head.part(), new Place(pack, position));
    } catch (ChunkDamagedException | JournalMalformedException e) {
      damage.add("pack " + pack + " at byte " + position + ": " + e.getMessage());
    }
  }

  @Override
  public void damage(PackDamage found) {
    damage.add("pack " + found.pack() + " at byte " + found.position() + ": " + found.detail());
  }

  List<String> damage() {
    return damage;
  }

  boolean isEmpty() {
    return bodies.isEmpty();
  }

  /** Whole bodies of transactions, in order of their first. */
  List<Body> transactions() {
    return bodies.values().stream()
        .filter(body -> body.head().kind() == RecordHead.Kind.TRANSACTIONS && body.whole())
        .sorted(Comparator.comparingLong(body -> body.head().sequence()))
        .toList();
  }

  /** The checkpoints, of which something is there. */
  Collection<FoundCheckpoint> checkpoints() {
    Map<String, FoundCheckpoint> found = new TreeMap<>();
    for (Body body : bodies.values()) {
      if (body.head().kind() != RecordHead.Kind.TRANSACTIONS) {
        found
            .computeIfAbsent(
                body.head().checkpoint(), _ -> new FoundCheckpoint(body.head().sequence()))
            .add(body);
      }
    }
    return found.values();
  }

  /** Reads a whole body. */
  byte[] read(Body body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Place place : body.places()) {
      byte[] plain = opener.openGenuine(packs.read(place.pack(), place.position()));
      bytes.write(plain, RecordHead.BYTES, plain.length - RecordHead.BYTES);
    }
    return bytes.toByteArray();
  }
}
