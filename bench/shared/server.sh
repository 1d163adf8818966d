# A server for the Java benchmarks: the side of the same name, in a store of its own. Sourced.
# shellcheck shell=bash

# shellcheck source=../side-by-side/side-aifs.sh
source "$root/bench/side-by-side/side-aifs.sh"
# shellcheck source=../side-by-side/side-server.sh
source "$root/bench/side-by-side/side-server.sh"

# Starts it; sets token_file. The address is in server_address, the process in server_pid.
start_server() {
  store=$work/store
  mkdir -p "$store"
  server_open
  token_file=$(find "$store/state" -name admin.token)
}
