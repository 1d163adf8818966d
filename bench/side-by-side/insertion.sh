# A small insertion near the front of one file of the input, and its undoing.
# shellcheck shell=bash

insertion_at=4096

insertion_make() {
  insertion_file=$(insertion_file "$1")
  mv "$insertion_file" "$work/before-insertion"
  {
    head -c "$insertion_at" "$work/before-insertion"
    insertion_bytes "$1"
    tail -c "+$((insertion_at + 1))" "$work/before-insertion"
  } > "$insertion_file"
}

insertion_undo() { mv "$work/before-insertion" "$insertion_file"; }

# The first in order of name where all are small, else the largest.
insertion_file() {
  case $1 in
    source | small) find "$work/input" -type f | sort | sed -n 1p ;;
    *) find "$work/input" -type f -printf '%s %p\n' | sort -k1,1nr -k2 | sed -n '1s/^[0-9]* //p' ;;
  esac
}

insertion_bytes() {
  case $1 in
    source | small) echo "one line more" ;;
    *) printf '%1024s' 'something new' ;;
  esac
}

insertion_text() {
  case $1 in
    source | small) echo "put after one line was added to one file" ;;
    *) echo "put after 1 KiB was inserted at byte $insertion_at of the largest file" ;;
  esac
}
