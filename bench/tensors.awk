# Figures of bench/tensors as tables: files zstd, sides, slice.
BEGIN {
  FS = "\t"
  text["plain"] = "AIFS, no parent"; text["delta"] = "AIFS, with its parent"; text["tensors"] = "AIFS, imported with its parent, each tensor an asset too"
  text["restic"] = "restic"; text["borg"] = "borg"
  called["layer"] = "one layer anew"; called["tuned"] = "all weights moved"
}
FNR == 1 { file++ }
file == 1 { size[$1, $2] = $3; three[$1, $2] = $4; nineteen[$1, $2] = $5 }
file == 2 {
  if (!($1 in seen)) { seen[$1] = 1; types[++type_count] = $1 }
  if (!($3 in known)) { known[$3] = 1; sides[++side_count] = $3 }
  first[$1, $2, $3] = $4; added[$1, $2, $3] = $5; base[$1, $2, $3] = $6; put[$1, $2, $3] = $7; got[$1, $2, $3] = $8
}
file == 3 { whole = $1; part = $2; reading = $3; seconds = $4 }
function mb(bytes) { return sprintf("%.2f", bytes / 1e6) }
END {
  for (t = 1; t <= type_count; t++) {
    type = types[t]
    printf "**%s**: a model of %s MB, zstd -3 %s, zstd -19 %s; its one layer alone %s MB, zstd -3 %s, zstd -19 %s; all weights moved zstd -3 %s, zstd -19 %s.\n\n", type, mb(size[type, "base"]), mb(three[type, "base"]), mb(nineteen[type, "base"]), mb(size[type, "only"]), mb(three[type, "only"]), mb(nineteen[type, "only"]), mb(three[type, "tuned"]), mb(nineteen[type, "tuned"])
    print "| side | model, MB | one layer anew adds, MB | to the layer's zstd -3 | all weights moved adds, MB | to restic's | put model, s | put moved, s | get moved, s |"
    print "|---|---|---|---|---|---|---|---|---|"
    for (s = 1; s <= side_count; s++) {
      side = sides[s]
      printf "| %s | %s | %s | %.3f | %s | %.3f | %.2f | %.2f | %.2f |\n", text[side], mb(first[type, "tuned", side]), mb(added[type, "layer", side]), added[type, "layer", side] / three[type, "only"], mb(added[type, "tuned", side]), added[type, "tuned", side] / added[type, "tuned", "restic"], base[type, "tuned", side], put[type, "tuned", side], got[type, "tuned", side]
    }
    print ""
  }
  printf "A part of %s MB (%.2f %%) of a tensor of %s MB: the server read %s MB, %.2f %% of the tensor, in %.2f s with the start of the command.\n", mb(part), 100 * part / whole, mb(whole), mb(reading), 100 * reading / whole, seconds
}
