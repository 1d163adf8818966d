package io.aifs.server.grpc.attack;

import java.util.Optional;

/**
 * What was chosen for a blank.
 *
 * @param lead stands before the thing's name
 * @param thing what is named
 * @param elsewhere for what is somebody else's: a name of the same form that nothing has
 * @param made whether the call, if it succeeds, makes it
 */
record Choice(String lead, Thing thing, Optional<String> elsewhere, boolean made) {
  static Choice word(String word) {
    return new Choice(word, Thing.same(ThingKind.VALUE, ""), Optional.empty(), false);
  }

  Choice behind(String newLead) {
    return new Choice(newLead, thing, elsewhere, made);
  }
}
