# restic with its defaults: encryption on, compression "auto".
# shellcheck shell=bash

restic_label='restic'
restic_package=restic
restic_version() { restic version | cut -d' ' -f1-2; }

restic_command() (
  export RESTIC_PASSWORD=bench RESTIC_CACHE_DIR=$store/cache RESTIC_PROGRESS_FPS=0.1
  exec "${watch[@]}" restic --quiet --repo "$store/data" "$@"
)

restic_open() { restic_command init > /dev/null; }
restic_put() { (cd "$work" && restic_command backup input); }
restic_restore() { restic_command restore latest --target "$target"; }
restic_restored() {
  # Older releases restore below the whole path of the input.
  find "$target" -type d -name input -prune | head -1
}
restic_close() { :; }
