#!/usr/bin/env bash
# Where processes died of a signal and left a memory image in this folder, prints what their threads were doing. Wants Debian for gdb.
set -Eeuo pipefail
cd "$(dirname "$0")/.."
shopt -s nullglob
images=(core core.*)
[ ${#images[@]} -gt 0 ] || exit 0
command -v gdb >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends gdb >/dev/null; }
for image in "${images[@]}"; do
  [ -f "$image" ] || continue
  printf '\n== %s\n' "$image"
  gdb -batch -ex 'set pagination off' -ex 'bt 40' -ex 'thread apply all bt 15' node_modules/node/bin/node "$image" 2>/dev/null | grep -E '^(Thread|#|Program|Core)' | cut -c1-200 | head -150
  rm "$image"
done
