# From JMH's CSV a Markdown table, and how BLAKE3 does beside SHA-256.

BEGIN { FS = "," }
{ gsub(/["\r]/, "") }

NR == 1 {
  for (i = 1; i <= NF; i++) if ($i ~ /^Param: /) parameter[i] = substr($i, 8)
  print "| benchmark | of | us a call | error | GB/s |"
  print "|---|---|---|---|---|"
  next
}

{
  name = $1; sub(/.*bench\./, "", name); sub(/Benchmark/, "", name)
  of = bytes = ""
  for (i = 8; i <= NF; i++) if ($i != "") {
    if (parameter[i] == "bytes") { bytes = $i; of = of " " $i " bytes" } else of = of " " tolower($i)
  }
  printf "| %s | %s | %s | %s | %s |\n", name, substr(of, 2), short($5), $6 == "NaN" ? "" : short($6),
    bytes == "" ? "" : sprintf("%.2f", bytes / $5 / 1000)
  score[name, bytes] = $5
  rate[name, substr(of, 2)] = bytes / $5 / 1000
  if (name == "Blake3.sha256") sizes[++count] = bytes
}

function short(value) { return sprintf(value < 1000 ? "%.3g" : "%.0f", value) }

END {
  for (i = 1; i <= count; i++) if (score["Blake3.whole", sizes[i]]) {
    if (!begun++) printf "\nBLAKE3 is so many times as fast as the JDK's SHA-256:"
    printf "%s %.2f at %d bytes", begun == 1 && i == 1 ? "" : ",", score["Blake3.sha256", sizes[i]] / score["Blake3.whole", sizes[i]], sizes[i]
  }
  if (begun) print "."
  compose()
}

# The stages of a put of random bytes, in GB/s, each alone and together on one core.
function compose(   stage, i, n, of, text, slowest, seconds) {
  n = split("cut Chunker.cutAll|16777216 bytes random,digest twice Blake3.whole|65536 bytes," \
    "look whether it compresses Compression.compress|65536 bytes random,seal Seal.seal|65536 bytes", stage, ",")
  for (i = 1; i <= n; i++) {
    match(stage[i], / [A-Z]/)
    text = substr(stage[i], 1, RSTART - 1)
    split(substr(stage[i], RSTART + 1), of, "|")
    if (!rate[of[1], of[2]]) return
    value[i] = rate[of[1], of[2]] / (text ~ /twice/ ? 2 : 1)
    name_of[i] = text
    seconds += 1 / value[i]
    if (!slowest || value[i] < value[slowest]) slowest = i
  }
  printf "\nComposed, a put of random bytes on one core: %.2f GB/s;", 1 / seconds
  for (i = 1; i <= n; i++) printf "%s %s %.2f", i == 1 ? "" : ",", name_of[i], value[i]
  printf ". The slowest of these alone: %s.\n", name_of[slowest]
}
