package io.aifs.server.crash;

import io.aifs.server.engine.PutSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Uploads that are open at the same time, each going on a little now and then. */
final class Uploads {
  private static final int OPEN_MAX = 4;

  private final Random random;
  private final List<Open> open = new ArrayList<>();

  private static final class Open {
    private final Upload upload;
    private final PutSession session;
    private int sent;

    Open(Upload upload, PutSession session) {
      this.upload = upload;
      this.session = session;
    }
  }

  Uploads(Random random) {
    this.random = random;
  }

  Operation begin(Upload upload) {
    if (open.size() >= OPEN_MAX) {
      return upload.whole();
    }
    return Operation.unseen(
        "begin upload " + upload, engine -> open.add(new Open(upload, upload.begin(engine))));
  }

  /** A further part of one, or its end; empty if none is open. */
  Optional<Operation> goOn() {
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Open one = open.get(random.nextInt(open.size()));
    if (random.nextInt(12) == 0) {
      return Optional.of(Operation.unseen("abandon upload " + one.upload, _ -> abandon(one)));
    }
    int left = one.upload.content().length - one.sent;
    if (left == 0) {
      return Optional.of(finish(one));
    }
    int part = 1 + random.nextInt(left);
    return Optional.of(
        Operation.unseen(
            "write " + part + " bytes of upload " + one.upload,
            _ -> {
              one.session.write(one.upload.content(), one.sent, part);
              one.sent += part;
            }));
  }

  private Operation finish(Open one) {
    return new Operation(
        "finish upload " + one.upload,
        _ -> {
          one.upload.finish(one.session);
          open.remove(one);
        },
        one.upload::putWhole,
        one.upload::applyTo);
  }

  private void abandon(Open one) {
    one.session.close();
    open.remove(one);
  }

  void abandonAll() {
    open.forEach(one -> one.session.close());
    open.clear();
  }
}
