# AIFS through a server that runs for the whole round.

server_pid=''
server_address=127.0.0.1:${AIFS_BENCH_PORT:-50951}

server_open() {
  aifs_open
  # One subshell, which becomes the server: its process id is the one to end.
  (
    aifs_environment
    exec "$root/aifs" serve --data "$store/data" --listen "$server_address"
  ) > "$work/server.log" 2>&1 &
  server_pid=$!
  local try
  for ((try = 0; try < 150; try++)); do
    if aifs_command status --server "$server_address" > /dev/null 2>&1; then return; fi
    sleep 0.2
  done
  echo "bench/run: the server did not answer:" >&2
  tail -20 "$work/server.log" >&2
  exit 1
}
server_put() { aifs_command put --server "$server_address" "$work/input" aifs://default/main/x; }
server_restore() {
  rm -rf "$target"
  aifs_command get --server "$server_address" aifs://default/main/x "$target"
}
server_restored() { echo "$target"; }
server_close() { server_stop; }
server_stop() {
  if [[ -n $server_pid ]]; then
    kill -TERM "$server_pid" 2> /dev/null || true
    wait "$server_pid" 2> /dev/null || true
    server_pid=''
  fi
}
