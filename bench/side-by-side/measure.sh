# One round of one side: a fresh store, then each step, then what is stored.
# shellcheck shell=bash

# Sets in_turn to the sides, in the other direction every other round, so that none is always first.
turn() {
  local round=$1 side
  shift
  in_turn=()
  for side in "$@"; do
    if ((round % 2)); then in_turn=("$side" "${in_turn[@]}"); else in_turn+=("$side"); fi
  done
}

run_round() {
  local corpus=$1 side=$2 round=$3 step
  store=$work/store
  target=$work/restored
  rm -rf "$store" "$target"
  mkdir -p "$store"
  "${side}_open"
  local -n steps_of_side=${side}_steps
  local steps=(put re-put restore insert)
  if [[ -v steps_of_side ]]; then steps=("${steps_of_side[@]}"); fi
  for step in "${steps[@]}"; do
    "step_${step//-/_}"
  done
  "${side}_close"
  if [[ -e $store/data ]]; then
    record "$corpus" "$side" "$round" stored "$(du -sb "$store/data" | cut -f1)"
  fi
  rm -rf "$store"
}

step_put() { timed put "${side}_put"; }
step_re_put() { timed re-put "${side}_put"; }
step_restore() {
  timed restore "${side}_restore"
  compare
  rm -rf "$target"
}
step_insert() {
  insertion_make "$corpus"
  timed insert "${side}_put"
  insertion_undo
}

timed() {
  local step=$1 command=$2
  # The input is read once, so that every side finds it in the page cache.
  find "$work/input" -type f -print0 | xargs -0 cat > /dev/null
  sync
  : > "$work/peaks"
  local start=$EPOCHREALTIME
  if ! "$command" > "$work/out.log" 2>&1; then
    echo "bench/run: $side failed at $step:" >&2
    tail -20 "$work/out.log" >&2
    exit 1
  fi
  sync
  local end=$EPOCHREALTIME
  record "$corpus" "$side" "$round" "$step" "$(seconds_between "$start" "$end")"
  if [[ -s $work/peaks ]]; then
    record "$corpus" "$side" "$round" "memory:$step" "$(sort -n "$work/peaks" | tail -1)"
  fi
}

# Rounds up to 0 warm up and are not recorded.
record() {
  if (($3 > 0)); then
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$4" "$5" >> "$results"
  fi
}

compare() {
  if ! diff -r --no-dereference "$work/input" "$("${side}_restored")" > "$work/diff.log" 2>&1; then
    echo "bench/run: what $side restored differs from the input:" >&2
    head -5 "$work/diff.log" >&2
    exit 1
  fi
}
