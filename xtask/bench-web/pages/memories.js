// Runs before a page's or a worker's own scripts: keeps every WebAssembly memory that is made or exported.
(() => {
  const { Instance, Memory } = WebAssembly;
  const memories = (globalThis.benchMemories = new Set());
  const note = (result) => {
    for (const value of Object.values((result.instance ?? result).exports ?? {})) if (value instanceof Memory) memories.add(value);
    return result;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...rest) => note(await original.apply(WebAssembly, rest));
  }
  WebAssembly.Instance = class extends Instance {
    constructor(...rest) {
      super(...rest);
      note(this);
    }
  };
  WebAssembly.Memory = class extends Memory {
    constructor(description) {
      super(description);
      memories.add(this);
    }
  };
})();
