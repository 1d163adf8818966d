# Sections of docs/benchmarks.md that programs write. Sourced.
# shellcheck shell=bash

# Puts file $2 between the lines that begin and end section $1.
write_section() {
  local page=$root/docs/benchmarks.md name=$1 content=$2
  if ! grep -qx "<!-- begin: $name -->" "$page"; then
    echo "bench/${0##*/}: docs/benchmarks.md has no section $name" >&2
    return 1
  fi
  awk -v name="$name" -v content="$content" '
    $0 == "<!-- end: " name " -->" { inside = 0 }
    !inside
    $0 == "<!-- begin: " name " -->" {
      inside = 1
      while ((getline line < content) > 0) print line
    }' "$page" > "$content.page"
  cat "$content.page" > "$page"
  echo "written: docs/benchmarks.md, section $name" >&2
}

# Where and with what something was measured, as one paragraph. $1 is the command.
provenance() {
  local processor memory system commit
  processor=$(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo)
  memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)
  system=$(. /etc/os-release && echo "$PRETTY_NAME")
  commit=$(git -C "$root" rev-parse --short HEAD 2> /dev/null || echo unknown)
  cat << TEXT
\`$1\` on $(date -u +%F), load at the start $load.
${processor:-unknown processor} ($(nproc) logical, $(widest_vectors)), $memory, $(findmnt -no FSTYPE -T "$work" 2> /dev/null || echo unknown file system), $system,
Linux $(uname -r | cut -d- -f1); AIFS at $commit, Java $("$java_home/bin/java" -version 2>&1 | sed -n 's/.*version "\(.*\)".*/\1/p').
TEXT
}

widest_vectors() {
  local feature
  for feature in avx512f avx2; do
    if grep -qm1 -w "$feature" /proc/cpuinfo; then
      echo "${feature%f}"
      return
    fi
  done
  echo "no AVX2"
}
