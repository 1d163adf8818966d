package io.aifs.cli.transfer;

import io.aifs.client.AifsClient;
import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts files by what is remembered of them, where the store has that content. Thread-safe. */
final class ClaimSender {
  private final KnownContent content;
  private final UploadOptions options;
  private final Receipts receipts;
  private final TreePuts tree;

  ClaimSender(AifsClient client, UploadOptions options, Receipts receipts) {
    this.content = new KnownContent(client);
    this.options = options;
    this.receipts = receipts;
    this.tree = new TreePuts(client.tree(), options.branch());
  }

  /** Puts files by their ids; returns those that must be read after all. */
  List<Walked> send(List<Claim> claims) {
    Set<Digest> known = content.among(claims.stream().map(Claim::id).toList());
    List<Claim> confirmed = new ArrayList<>();
    List<Walked> unread = new ArrayList<>();
    for (Claim claim : claims) {
      if (known.contains(claim.id())) {
        confirmed.add(claim);
      } else {
        unread.add(claim.walked());
      }
    }
    if (!options.dryRun() && !put(confirmed)) {
      return claims.stream().map(Claim::walked).toList();
    }
    for (Claim claim : confirmed) {
      receipts.wholeFile(claim.walked(), claim.id(), claim.walked().size(), false);
    }
    return unread;
  }

  /** Returns false if some content has been deleted since the store was asked. */
  private boolean put(List<Claim> confirmed) {
    try {
      tree.put(confirmed.stream().map(Claim::toPut).toList());
      return true;
    } catch (AifsException.NotFound _) {
      return false;
    }
  }
}
