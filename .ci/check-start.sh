#!/usr/bin/env bash
# Runs the README's main command as a user would, and asks the page and the API for what it promises.
set -Eeuo pipefail
folder=$(mktemp -d)
port=${PORT:-4000}
npm start -- --database "$folder/library" --port "$port" >"$folder/log" 2>&1 &
starter=$!
cleanup() { kill -TERM "$starter" 2>/dev/null || true; wait "$starter" 2>/dev/null || true; rm -rf "$folder"; }
trap cleanup EXIT
trap 'cat "$folder/log" >&2' ERR
for _ in $(seq 240); do
  grep -q "http://127.0.0.1:$port" "$folder/log" && curl -fs "http://127.0.0.1:$port/api/photos" >/dev/null && break
  kill -0 "$starter"
  sleep 0.5
done
node -e '
  const [photos, page] = await Promise.all([fetch(process.argv[1] + "/api/photos").then((r) => r.json()), fetch(process.argv[1]).then((r) => r.text())]);
  const faces = photos.items.reduce((sum, photo) => sum + photo.facesCount, 0);
  if (photos.items.length !== 6 || faces < 22) throw new Error(`expected 6 sample photos with 22 faces, got ${photos.items.length} with ${faces}`);
  if (!page.includes("<div id=\"root\"")) throw new Error("the page is not served");
  console.log(`${photos.items.length} photos, ${faces} faces, the page is served`);
' --input-type=module "http://127.0.0.1:$port"
