# How long commands take that do almost nothing.
# shellcheck shell=bash

start_entries=100

measure_start() {
  local corpus=start side round=1 store=$work/store entry
  mkdir -p "$work/input"
  for ((entry = 1; entry <= start_entries; entry++)); do echo "$entry" > "$work/input/$entry.txt"; done
  for side in "${sides[@]}"; do
    if [[ $side != aifs && $side != server ]]; then continue; fi
    rm -rf "$store"
    mkdir -p "$store"
    "${side}_open"
    "${side}_put" > "$work/out.log" 2>&1
    repeat "$side" version aifs_command version
    if [[ $side == server ]]; then
      repeat "$side" "ls" aifs_command ls --server "$server_address" aifs://default/main/x
    else
      repeat "$side" "ls" aifs_command ls --data "$store/data" aifs://default/main/x
    fi
    "${side}_close"
  done
  rm -rf "$store" "$work/input"
}

# Runs a command again and again and records how long each run took, but for the warm-ups.
repeat() {
  local side=$1 step=$2 run start watch=()
  shift 2
  for ((run = 1 - warm_ups; run <= start_runs; run++)); do
    start=$EPOCHREALTIME
    "$@" > "$work/out.log"
    record start "$side" "$run" "$step" "$(seconds_between "$start" "$EPOCHREALTIME")"
  done
}

report_start() {
  echo
  echo "Wall time of a whole command, of $start_runs runs, by"
  provenance "bench/run$arguments"
  echo
  echo "| command | median | slowest |"
  echo "|---|---|---|"
  start_row aifs version "\`aifs version\`"
  start_row aifs "ls" "\`aifs ls\` of $start_entries entries, embedded"
  start_row server "ls" "\`aifs ls\` of $start_entries entries, through a server"
  echo
}

start_row() {
  awk -F'\t' -v side="$1" -v step="$2" '$1 == "start" && $2 == side && $3 == step { print $4 }' "$results" |
    sort -n | awk -v text="$3" '
      { value[NR] = $1 }
      END { if (NR) printf "| %s | %.0f ms | %.0f ms |\n", text, 1000 * value[int((NR + 1) / 2)], 1000 * value[NR] }'
}
