# Medians and ratios as Markdown.

report() {
  local corpus
  for corpus in "${corpora[@]}"; do
    echo "### $(cat "$work/$corpus.txt")"
    echo
    awk -F'\t' -v corpus="$corpus" -v tools="${tools[*]}" '
      function median(list,   n, v, i, j, t) {
        n = split(list, v, " ")
        for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j] + 0 < v[j - 1] + 0; j--) {
          t = v[j]; v[j] = v[j - 1]; v[j - 1] = t
        }
        return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
      }
      $1 == corpus { values[$2, $3] = values[$2, $3] " " $4 }
      END {
        n = split(tools, tool, " ")
        label["aifs"] = "AIFS"; label["server"] = "AIFS, server"; label["restic"] = "restic"
        head = "| step |"; line = "|---|"
        for (i = 1; i <= n; i++) { head = head " " label[tool[i]] " |"; line = line "---|" }
        for (i = 1; i < n; i++) { head = head " " label[tool[i]] " / restic |"; line = line "---|" }
        print head; print line
        split("put re-put restore stored", steps, " ")
        name["put"] = "first put"; name["re-put"] = "unchanged re-put"
        name["restore"] = "restore"; name["stored"] = "stored"
        for (s = 1; s <= 4; s++) {
          row = "| " name[steps[s]] " |"
          base = median(values["restic", steps[s]])
          for (i = 1; i <= n; i++) {
            m = median(values[tool[i], steps[s]])
            row = row (s < 4 ? sprintf(" %.2f s |", m) : sprintf(" %.4f GB |", m / 1e9))
          }
          for (i = 1; i < n; i++) {
            row = row sprintf(" %.2f |", median(values[tool[i], steps[s]]) / base)
          }
          print row
        }
      }' "$results"
    echo
  done
}

page() {
  cat << TEXT
# Benchmarks

Side by side with restic on the same machine: a baseline, not a competition won. Machines differ and
are noisy, so compare the ratios (below 1: AIFS is faster or smaller). Made by

    bench/run $arguments

$(machine)

Each figure is the median of $rounds round(s), after one that was discarded. A round is a fresh store, a
first put, an unchanged re-put and a restore; the tools take turns. Seconds are wall time and include
starting the program and a final \`sync\`. Inputs are in the page cache before every step. Restored
trees are compared with the input.

What differs: both skip reading a file whose size, times and inode are as they were; AIFS asks the store
whether it has the content too. Each AIFS command starts a JVM. Both encrypt; both compress with zstd. AIFS gives
a restored file its name only when all of it is on disk.

## Results

TEXT
  cat "$1"
}

machine() {
  local processor memory java_version
  processor=$(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo)
  memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)
  java_version=$("$root/aifs" version 2> /dev/null | tr '\n' ' ' || true)
  echo "| | |"
  echo "|---|---|"
  echo "| processor | ${processor:-unknown}, $(nproc) logical |"
  echo "| memory | $memory |"
  echo "| file system | $(findmnt -no FSTYPE -T "$work" 2> /dev/null || echo unknown) |"
  echo "| system | $(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r | cut -d- -f1) |"
  echo "| AIFS | $java_version |"
  echo "| restic | $(restic version | cut -d' ' -f1-2) |"
  echo "| load at the start | $load |"
}
