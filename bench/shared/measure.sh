# How commands are run and what is noted of them. Sourced.
# shellcheck shell=bash

# What a measured command runs under: GNU time, which notes the most memory that it held. Its own
# process ends up as the JVM that a launcher becomes.
watch=()
watch_memory() {
  if [[ ! -x /usr/bin/time ]]; then
    apt_install time || true
  fi
  if [[ -x /usr/bin/time ]]; then
    watch=(/usr/bin/time --append --output "$work/peaks" --format %M)
  else
    echo "bench/${0##*/}: memory is not measured without GNU time (Debian package time)" >&2
  fi
}

apt_install() {
  [[ $(id -u) == 0 ]] && command -v apt-get > /dev/null || return 1
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >&2
}

# Seconds from $1 to $2, as $EPOCHREALTIME gives them.
seconds_between() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", b - a }'; }

warn_of_load() {
  load=$(cut -d' ' -f1 /proc/loadavg)
  if awk -v load="$load" 'BEGIN { exit !(load > 1.5) }'; then
    echo "warning: the load is $load; figures taken now say little" >&2
  fi
}
