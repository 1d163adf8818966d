# What was measured of one corpus, as Markdown.
# shellcheck shell=bash

report() {
  local corpus=$1 side labels=''
  echo
  echo "$(cat "$work/$corpus.txt"). Medians of $rounds after $warm_ups discarded, by"
  provenance "bench/run$arguments"
  for side in "${sides[@]}"; do
    local -n version_label=${side}_label
    labels+="$version_label|"
    if declare -F "${side}_version" > /dev/null; then echo "$("${side}_version")."; fi
  done
  echo
  awk -v corpus="$corpus" -v sides="${sides[*]}" -v labels="${labels%|}" \
    -v insertion="$(insertion_text "$corpus")" -v files="$(cat "$work/$corpus.files")" \
    -f "$root/bench/side-by-side/report.awk" "$results"
}
