# restic with its defaults: encryption on, compression "auto".

restic_require() {
  if ! command -v restic > /dev/null; then
    apt-get install -y --no-install-recommends restic >&2 || {
      echo "bench/run: install restic first (Debian package restic)" >&2
      exit 1
    }
  fi
}

restic_command() {
  RESTIC_PASSWORD=bench RESTIC_CACHE_DIR=$store/cache RESTIC_PROGRESS_FPS=0.1 \
    restic --quiet --repo "$store/data" "$@"
}

restic_open() { restic_command init > /dev/null; }
restic_put() { (cd "$work" && restic_command backup input); }
restic_restore() {
  rm -rf "$target"
  restic_command restore latest --target "$target"
}
restic_restored() {
  # Older releases restore below the whole path of the input.
  find "$target" -type d -name input -prune | head -1
}
restic_close() { :; }
