package io.aifs.server.pack;

import io.aifs.server.model.DamagedRecord;

/** Hears of damage while a store is used. Called from any thread; does not block. */
public interface DamageListener {
  /** Hears nothing. */
  DamageListener NONE =
      new DamageListener() {
        @Override
        public void damaged(DamagedRecord record) {}

        @Override
        public void sound(DamagedRecord record) {}
      };

  /** A copy was found not to read back; told once. */
  void damaged(DamagedRecord record);

  /** A copy that was told of as damaged does read back after all. */
  void sound(DamagedRecord record);
}
