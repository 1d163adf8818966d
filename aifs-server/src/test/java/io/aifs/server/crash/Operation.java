package io.aifs.server.crash;

import io.aifs.server.engine.open.Engine;
import java.util.function.Consumer;

/**
 * Something that a user does.
 *
 * @param what for the trace
 * @param act does it in one catalog write at most; throws if the store refuses
 * @param retry does it again with the same request id, from the beginning
 * @param effect what is different afterwards
 */
record Operation(
    String what, Consumer<Engine> act, Consumer<Engine> retry, Consumer<Model> effect) {

  /** One whose act can be repeated as it is. */
  static Operation of(String what, Consumer<Engine> act, Consumer<Model> effect) {
    return new Operation(what, act, act, effect);
  }

  /** One that changes nothing that anybody can see. */
  static Operation unseen(String what, Consumer<Engine> act) {
    return new Operation(what, act, _ -> {}, _ -> {});
  }
}
