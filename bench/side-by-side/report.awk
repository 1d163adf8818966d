# From lines "corpus side step value" the tables of one corpus, as Markdown.
# Variables: corpus, sides, labels (separated by "|"), insertion (what that step is called), files.

BEGIN {
  FS = "\t"
  columns = split(sides, side, " ")
  split(labels, label, "|")
  for (i = 1; i <= columns; i++) {
    is_ours[i] = side[i] == "aifs" || side[i] == "server"
  }
  steps = split("put re-put insert restore", step, " ")
  name["put"] = "first put"; name["re-put"] = "unchanged re-put"
  name["insert"] = insertion; name["restore"] = "full restore"
}

$1 == corpus { values[$2, $3] = values[$2, $3] " " $4 }

END {
  seconds_table()
  ratio_table()
  memory_table()
  if (corpus == "small") small_figures()
}

function seconds_table(   s, i, m) {
  head("wall time, stored bytes")
  for (s = 1; s <= steps; s++) {
    printf "| %s |", name[step[s]]
    for (i = 1; i <= columns; i++) cell("%.2f s", median(i, step[s]))
    print ""
  }
  printf "| stored |"
  for (i = 1; i <= columns; i++) {
    m = median(i, "stored")
    cell("%.4f GB", m == "" ? "" : m / 1e9)
  }
  print "\n"
}

function ratio_table(   s, i, o) {
  for (i = 1; i <= columns; i++) if (!is_ours[i]) others++
  if (!others || !any_of_ours()) return
  printf "| ratio, above 1: AIFS is faster |"
  for (o = 1; o <= columns; o++) if (is_ours[o]) {
    for (i = 1; i <= columns; i++) if (!is_ours[i]) printf " %s / %s |", label[i], label[o]
  }
  print ""; line(others * any_of_ours())
  for (s = 1; s <= steps; s++) {
    printf "| %s |", name[step[s]]
    for (o = 1; o <= columns; o++) if (is_ours[o]) {
      for (i = 1; i <= columns; i++) if (!is_ours[i]) {
        cell("%.2f", ratio(median(i, step[s]), median(o, step[s])))
      }
    }
    print ""
  }
  printf "| stored, the other way round (below 1: AIFS is smaller) |"
  for (o = 1; o <= columns; o++) if (is_ours[o]) {
    for (i = 1; i <= columns; i++) if (!is_ours[i]) {
      cell("%.3f", ratio(median(o, "stored"), median(i, "stored")))
    }
  }
  print "\n"
}

function memory_table(   s, i) {
  head("peak memory")
  for (s = 1; s <= steps; s++) {
    printf "| %s |", name[step[s]]
    for (i = 1; i <= columns; i++) cell("%.0f MiB", mebibytes(median(i, "memory:" step[s])))
    print ""
  }
  for (i = 1; i <= columns; i++) if (side[i] == "server") server_memory()
  print ""
}

function server_memory(   i) {
  printf "| the server, over the whole round |"
  for (i = 1; i <= columns; i++) cell("%.0f MiB", mebibytes(median(i, "memory:process")))
  print ""
}

function small_figures(   i, seconds, bytes) {
  for (i = 1; i <= columns; i++) if (is_ours[i]) {
    seconds = median(i, "put"); bytes = median(i, "catalog")
    if (seconds != "") {
      printf "%s: %d files a second in the first put, %.1f bytes of catalog for each.\n",
        label[i], files / seconds, bytes / files
    }
  }
}

function any_of_ours(   i, n) {
  for (i = 1; i <= columns; i++) n += is_ours[i]
  return n
}

function head(first,   i) {
  printf "| %s |", first
  for (i = 1; i <= columns; i++) printf " %s |", label[i]
  print ""; line(columns)
}

function line(n,   i) {
  printf "|---|"
  for (i = 1; i <= n; i++) printf "---|"
  print ""
}

function cell(format, value) { printf " %s |", value == "" ? "" : sprintf(format, value) }
function ratio(a, b) { return a == "" || b == "" || b == 0 ? "" : a / b }
function mebibytes(kibibytes) { return kibibytes == "" ? "" : kibibytes / 1024 }

function median(column, key,   list, n, v, i, j, t) {
  list = values[side[column], key]
  n = split(list, v, " ")
  if (!n) return ""
  for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j] + 0 < v[j - 1] + 0; j--) {
    t = v[j]; v[j] = v[j - 1]; v[j - 1] = t
  }
  return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}
