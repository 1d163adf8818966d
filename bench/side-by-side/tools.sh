# The programs of the other sides.
# shellcheck shell=bash

# Installs what is missing; a smoke test does without, and sides whose program is not there go.
require_tools() {
  local side present=()
  for side in "${sides[@]}"; do
    local -n package=${side}_package
    if [[ ! -v package ]] || command -v "$side" > /dev/null; then
      present+=("$side")
    elif [[ $size == quick ]]; then
      echo "bench/run: left out, as it is not there: $side" >&2
    elif apt_install "$package" && command -v "$side" > /dev/null; then
      present+=("$side")
    else
      echo "bench/run: install $side (Debian package $package), or leave it out with --sides" >&2
      exit 1
    fi
    unset -n package
  done
  sides=("${present[@]}")
}
