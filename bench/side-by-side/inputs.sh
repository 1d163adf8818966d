# Inputs: each leaves a directory $work/input and a sentence in $work/<name>.txt.

input_random() {
  mkdir -p "$work/input"
  local file
  for file in 1 2 3 4; do
    # A cipher's output under a fixed key: the same bytes in every run, and no pattern in them.
    openssl enc -aes-256-ctr -pass "pass:aifs-bench-$file" -pbkdf2 -nosalt </dev/zero 2>/dev/null |
      head -c "$((random_mib / 4))M" > "$work/input/$file.bin" || true
  done
  describe random "random bytes"
}

input_source() {
  mkdir -p "$work/input"
  local archive=/usr/src/linux-source-6.1.tar.xz
  if [[ $size == quick ]]; then
    git -C "$root" archive HEAD | tar -x -C "$work/input"
    describe source "this project's own files"
    return
  fi
  if [[ ! -f $archive ]]; then
    apt-get install -y --no-install-recommends linux-source-6.1 >&2 || true
  fi
  if [[ -f $archive ]]; then
    tar -xJf "$archive" -C "$work/input"
    describe source "Linux 6.1 sources (Debian package linux-source-6.1)"
  else
    local zip
    zip=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")/lib/src.zip
    (cd "$work/input" && unzip -q "$zip")
    describe source "sources of the JDK (src.zip), as linux-source-6.1 cannot be installed"
  fi
}

describe() {
  local bytes files
  bytes=$(find "$work/input" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }')
  files=$(find "$work/input" -type f | wc -l)
  awk -v name="$2" -v bytes="$bytes" -v files="$files" \
    'BEGIN { printf "%s: %.3f GB in %d files\n", name, bytes / 1e9, files }' > "$work/$1.txt"
}
