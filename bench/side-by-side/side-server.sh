# AIFS through a server that runs for the whole round.
# shellcheck shell=bash

server_label='AIFS, server'
server_pid=''
server_address=''
server_options=() # more for aifs serve

server_open() {
  aifs_open
  # One subshell, which becomes the server: its process id is the one to end.
  (
    aifs_environment
    exec "$root/aifs" serve --data "$store/data" --listen 127.0.0.1:0 ${server_options[@]+"${server_options[@]}"}
  ) > "$work/server.log" 2>&1 &
  server_pid=$!
  local try
  for ((try = 0; try < 300; try++)); do
    server_address=$(sed -n 's/.*serving .* on //p' "$work/server.log")
    if [[ -n $server_address ]]; then return; fi
    if ! kill -0 "$server_pid" 2> /dev/null; then break; fi
    sleep 0.1
  done
  echo "bench/${0##*/}: the server did not start:" >&2
  tail -20 "$work/server.log" >&2
  exit 1
}
server_put() { aifs_command put --server "$server_address" "$work/input" aifs://default/main/x; }
server_restore() { aifs_command get --server "$server_address" aifs://default/main/x "$target"; }
server_restored() { echo "$target"; }
server_close() {
  record "$corpus" server "$round" memory:process "$(server_peak)"
  server_stop
  catalog_record
}

# The most memory that the server has held so far, in KiB.
server_peak() { awk '/^VmHWM/ { print $2 }' "/proc/$server_pid/status"; }

server_stop() {
  if [[ -n $server_pid ]]; then
    kill -TERM "$server_pid" 2> /dev/null || true
    wait "$server_pid" 2> /dev/null || true
    server_pid=''
  fi
}
