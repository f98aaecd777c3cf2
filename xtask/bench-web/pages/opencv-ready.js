// Waits until self.cv is ready. A plain script, for pages and for workers.
async function openCvIsReady() {
  // Version 5 offers a promise. Version 4 offers a module with a `then` of its own, which would be awaited for ever.
  if (self.cv instanceof Promise) self.cv = await self.cv;
  if (!self.cv.Mat) await new Promise((ready) => (self.cv.onRuntimeInitialized = ready));
}
