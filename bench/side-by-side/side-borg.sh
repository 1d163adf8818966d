# borg: encrypted, compressed with zstd as AIFS does.
# shellcheck shell=bash

borg_label='borg'
borg_package=borgbackup
borg_version() { borg --version; }

borg_command() (
  export BORG_PASSPHRASE=bench BORG_BASE_DIR=$store/borg
  exec "${watch[@]}" borg "$@"
)

borg_open() {
  borg_archive=0
  borg_command init --encryption=repokey-blake2 "$store/data" > "$work/out.log" 2>&1
}
borg_put() {
  borg_archive=$((borg_archive + 1))
  (cd "$work" && borg_command create --compression zstd,1 "$store/data::$borg_archive" input)
}
borg_restore() {
  mkdir "$target"
  (cd "$target" && borg_command extract "$store/data::$borg_archive")
}
borg_restored() { echo "$target/input"; }
borg_close() { :; }
