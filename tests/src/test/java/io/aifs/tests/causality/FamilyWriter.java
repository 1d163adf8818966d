package io.aifs.tests.causality;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.FilePut;
import io.aifs.client.PutOptions;
import io.aifs.client.Transaction;
import io.aifs.client.TransactionStep;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Puts families in every way there is: alone, in a batch, in transactions that may be given up,
 * children of what another writer is putting at this moment; and deletes some of the parents. One
 * thread's.
 */
final class FamilyWriter {
  private static final int PARENTS_MAX = 4;
  private static final int TRIES_MAX = 50;

  private final FamilyBook book;
  private final AifsClient client;
  private final SplittableRandom random;
  private final String directory;
  private final List<Digest> own = new ArrayList<>();
  private int paths;

  FamilyWriter(FamilyBook book, AifsClient client, SplittableRandom random, String directory) {
    this.book = book;
    this.client = client;
    this.random = random;
    this.directory = directory;
  }

  void step() {
    switch (random.nextInt(11)) {
      case 0, 1 -> putBatch();
      case 2, 3 -> putAlone();
      case 4, 5 -> putBesideAnother();
      case 6, 7, 8 -> putInTransaction();
      case 9 -> putAtOnce();
      default -> deleteOne();
    }
  }

  /** An asset to be. */
  @SuppressWarnings("ArrayRecordComponent") // content, never compared
  private record Member(byte[] content, Digest id, List<Digest> parents) {}

  private Member member(List<Digest> parents) {
    byte[] content = (directory + " " + paths++ + " " + random.nextLong()).getBytes(UTF_8);
    Member member = new Member(content, Digest.of(content), parents);
    book.announce(member.id(), parents);
    return member;
  }

  /** Ancestors and descendants of one batch, children first: the order in it must not matter. */
  private void putBatch() {
    List<Member> members = new ArrayList<>();
    for (int i = random.nextInt(2, 12); i > 0; i--) {
      List<Digest> parents = new ArrayList<>(some(own));
      members.stream()
          .skip(random.nextInt(members.size() + 1))
          .limit(2)
          .forEach(one -> parents.add(one.id()));
      members.add(member(parents));
    }
    putFiles(client, members.reversed());
    members.forEach(member -> own.add(member.id()));
  }

  private void putFiles(AifsClient to, List<Member> members) {
    to.tree().putFiles(Name.MAIN_BRANCH, members.stream().map(this::file).toList());
  }

  private FilePut file(Member member) {
    return new FilePut(
        new TreePath(directory + "/" + member.id().hex()),
        new FilePut.What.Data(member.content()),
        FileAttributes.PLAIN_FILE,
        AssetKind.BLOB,
        Map.of(),
        edges(member.parents()));
  }

  private void putAlone() {
    Member member = member(some(own));
    put(client, member);
    own.add(member.id());
  }

  private void put(AifsClient to, Member member) {
    PutOptions options =
        new PutOptions(
            AssetKind.BLOB, Map.of(), edges(member.parents()), new float[0], Optional.empty());
    to.assets().put(options, Content.of(member.content()));
  }

  /** Made from what somebody else may not have put yet: refused until it is there. */
  private void putBesideAnother() {
    Member member = member(book.someRecent(random, random.nextInt(1, PARENTS_MAX)));
    for (int i = 0; i < TRIES_MAX; i++) {
      try {
        put(client, member);
        own.add(member.id());
        return;
      } catch (AifsException.Precondition e) {
        if (e.reason() != Reason.PARENT_NOT_FOUND) {
          throw e;
        }
      }
    }
    book.giveUp(member.id());
  }

  /** Parent and child staged apart, an edge by itself; then committed, aborted, or left behind. */
  private void putInTransaction() {
    Transaction transaction = client.transactions().begin();
    Member parent = member(some(own));
    Member child = member(List.of(parent.id()));
    Member late = member(List.of());
    put(transaction.client(), parent);
    putFiles(transaction.client(), List.of(child, late));
    book.announceMore(late.id(), List.of(child.id()));
    transaction.stage(
        List.of(new TransactionStep.AddParents(Map.of(late.id(), edges(List.of(child.id()))))));
    List<Member> members = List.of(parent, child, late);
    switch (random.nextInt(6)) {
      case 0 -> {
        members.forEach(member -> book.giveUp(member.id()));
        transaction.abort();
      }
      case 1 -> members.forEach(member -> book.giveUp(member.id())); // its lease or a kill ends it
      default -> {
        transaction.commit();
        members.forEach(member -> own.add(member.id()));
      }
    }
  }

  /** The one-shot form. */
  private void putAtOnce() {
    Member parent = member(some(own));
    Member child = member(List.of(parent.id()));
    client
        .transactions()
        .apply(
            List.of(
                new TransactionStep.PutFiles(Name.MAIN_BRANCH, List.of(file(parent))),
                new TransactionStep.PutFiles(Name.MAIN_BRANCH, List.of(file(child)))));
    own.add(parent.id());
    own.add(child.id());
  }

  private void deleteOne() {
    if (!own.isEmpty()) {
      try {
        client.assets().delete(own.remove(random.nextInt(own.size())), true, "causality");
      } catch (AifsException.NotFound e) {
        // deleted when the connection was lost
      }
    }
  }

  private List<Digest> some(List<Digest> ids) {
    List<Digest> some = new ArrayList<>();
    for (int i = random.nextInt(PARENTS_MAX); i > 0 && !ids.isEmpty(); i--) {
      some.add(ids.get(random.nextInt(ids.size())));
    }
    return some.stream().distinct().toList();
  }

  private static List<ParentEdge> edges(List<Digest> parents) {
    return parents.stream().distinct().map(id -> new ParentEdge(id, "made", "")).toList();
  }
}
