# One round of one tool: a fresh store, then first put, unchanged re-put, restore, size.

# Sets in_turn to the tools, in the other direction every other round, so that none is always first.
turn() {
  local round=$1 tool
  shift
  in_turn=()
  for tool in "$@"; do
    if ((round % 2)); then in_turn=("$tool" "${in_turn[@]}"); else in_turn+=("$tool"); fi
  done
}

run_round() {
  local corpus=$1 tool=$2 round=$3
  store=$work/store
  target=$work/restored
  rm -rf "$store" "$target"
  mkdir -p "$store"
  "${tool}_open"
  timed "$corpus" "$tool" "$round" put "${tool}_put"
  timed "$corpus" "$tool" "$round" re-put "${tool}_put"
  timed "$corpus" "$tool" "$round" restore "${tool}_restore"
  "${tool}_close"
  record "$corpus" "$tool" "$round" stored "$(du -sb "$store/data" | cut -f1)"
  compare "$tool"
  rm -rf "$store" "$target"
}

timed() {
  local corpus=$1 tool=$2 round=$3 step=$4 command=$5
  # The input is read once, so that every tool finds it in the page cache.
  find "$work/input" -type f -print0 | xargs -0 cat > /dev/null
  sync
  local start=$EPOCHREALTIME
  if ! "$command" > "$work/out.log" 2>&1; then
    echo "bench/run: $tool failed at $step:" >&2
    tail -20 "$work/out.log" >&2
    exit 1
  fi
  sync
  local end=$EPOCHREALTIME
  record "$corpus" "$tool" "$round" "$step" \
    "$(awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f", b - a }')"
}

# The first round warms up and is not recorded.
record() {
  if (($3 > 0)); then
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$4" "$5" >> "$results"
  fi
}

compare() {
  if ! diff -r --no-dereference "$work/input" "$("${1}_restored")" > "$work/diff.log" 2>&1; then
    echo "bench/run: what $1 restored differs from the input:" >&2
    head -5 "$work/diff.log" >&2
    exit 1
  fi
}
