const WASM_PAGE_BYTES = 65_536;

/**
 * Limits each memory that WebAssembly takes in this thread, for good, so call it in a worker. Decoders answer a refused growth with an error of
 * their own ("Memory allocation error", "out of memory").
 *
 * Memory that threads share may be grown by each of them, where nothing said here is heard, so it is limited when it is made.
 */
export function limitWasmMemory(maxBytes: number): void {
  const { Memory } = WebAssembly;
  const { grow } = Memory.prototype;
  Memory.prototype.grow = function growWithinLimit(this: WebAssembly.Memory, pages: number) {
    if (this.buffer.byteLength + pages * WASM_PAGE_BYTES > maxBytes) throw new RangeError('The memory limit is reached.');
    return grow.call(this, pages);
  };
  WebAssembly.Memory = class LimitedMemory extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      const { maximum = Number.POSITIVE_INFINITY } = descriptor;
      super({ ...descriptor, maximum: Math.min(maximum, Math.floor(maxBytes / WASM_PAGE_BYTES)) });
    }
  };
}
