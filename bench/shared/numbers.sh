# Checks of what the programs were given. Sourced.
# shellcheck shell=bash

# Ends the program unless value $2 of option $1 is a whole number of at least $3.
require_number() {
  if [[ ! $2 =~ ^[0-9]{1,9}$ ]] || ((10#$2 < $3)); then
    echo "bench/${0##*/}: $1 takes a whole number from $3 on, not '$2'" >&2
    exit 2
  fi
}
