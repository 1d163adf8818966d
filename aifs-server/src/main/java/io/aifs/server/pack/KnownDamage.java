package io.aifs.server.pack;

import static java.util.Objects.requireNonNull;

import io.aifs.server.model.DamagedRecord;
import java.util.List;

/**
 * What is known of damage before a store is opened, and who hears of more.
 *
 * @param records kept from earlier; those in other packs than the store's are ignored
 */
public record KnownDamage(List<DamagedRecord> records, DamageListener listener) {
  public static final KnownDamage NONE = new KnownDamage(List.of(), DamageListener.NONE);

  public KnownDamage {
    records = List.copyOf(records);
    requireNonNull(listener, "listener is null");
  }
}
