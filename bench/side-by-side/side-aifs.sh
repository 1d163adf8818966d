# AIFS, each command opening the data directory by itself. Nothing of the user's own is touched.
# shellcheck shell=bash

aifs_label='AIFS'

aifs_environment() {
  export XDG_CONFIG_HOME=$store/config XDG_STATE_HOME=$store/state XDG_DATA_HOME=$store/home
  export XDG_CACHE_HOME=$store/cache
  export AIFS_PROGRESS=none
}
aifs_command() (
  aifs_environment
  exec "${watch[@]}" "$root/aifs" "$@"
)

aifs_open() {
  aifs_command init --data "$store/data" > "$work/out.log" 2>&1 || {
    cat "$work/out.log" >&2
    exit 1
  }
  catalog_at_first=$(catalog_bytes)
}
aifs_put() { aifs_command put --data "$store/data" "$work/input" aifs://default/main/x; }
aifs_restore() { aifs_command get --data "$store/data" aifs://default/main/x "$target"; }
aifs_restored() { echo "$target"; }
aifs_close() { catalog_record; }

# The catalog of a closed store, whose write-ahead log has been folded into it.
catalog_bytes() { stat -c %s "$store/data/catalog.db"; }
catalog_record() {
  record "$corpus" "$side" "$round" catalog "$(($(catalog_bytes) - catalog_at_first))"
}
