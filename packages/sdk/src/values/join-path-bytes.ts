const SLASH = 0x2f;

export function joinPathBytes(root: Uint8Array, path: Uint8Array): Uint8Array {
  const separator = root.at(-1) === SLASH ? [] : [SLASH];
  return Uint8Array.from([...root, ...separator, ...path]);
}
