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
# The page is served before the photos are indexed.
for _ in $(seq 240); do
  grep -q "http://127.0.0.1:$port" "$folder/log" && break
  kill -0 "$starter"
  sleep 0.5
done
node -e '
  const [url] = process.argv.slice(1);
  const page = await fetch(url).then((response) => response.text());
  if (!page.includes("<div id=\"root\"")) throw new Error("the page is not served");
  let photos, faces;
  for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 500))) {
    photos = (await fetch(url + "/api/photos").then((response) => response.json())).items;
    faces = photos.reduce((sum, photo) => sum + photo.facesCount, 0);
    if (photos.length === 6 && faces >= 22) break;
  }
  if (photos.length !== 6 || faces < 22) throw new Error(`expected 6 sample photos with 22 faces, got ${photos.length} with ${faces}`);
  console.log(`${photos.length} photos, ${faces} faces, the page is served`);
' --input-type=module "http://127.0.0.1:$port"
