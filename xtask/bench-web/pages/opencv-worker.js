// Does with OpenCV.js what Edgewise's photo worker does when a threshold is moved: edges of a photo as RGBA, and those of its 32x32 grey.
const library = new URL(self.location.href).searchParams.get("library");
importScripts(library, "opencv-ready.js");
const ready = openCvIsReady();

function edges(levels, width, height, { low, high }, use) {
  const source = new cv.Mat(height, width, cv.CV_8UC1), found = new cv.Mat();
  source.data.set(levels);
  cv.Canny(source, found, low, high);
  const result = use(found);
  source.delete();
  found.delete();
  return result;
}

let kept;

self.onmessage = async ({ data }) => {
  if (data.photo) return void (kept = data);
  await ready;
  const { photo: { levels, width, height }, small } = kept;
  const { thresholds } = data;
  const shown = edges(levels, width, height, thresholds, (found) => {
    const painted = new cv.Mat();
    cv.cvtColor(found, painted, cv.COLOR_GRAY2RGBA);
    const bytes = new Uint8ClampedArray(painted.data);
    painted.delete();
    return bytes;
  });
  const edges32 = edges(small, 32, 32, thresholds, (found) => new Uint8Array(found.data));
  self.postMessage({ shown, edges32 }, [shown.buffer]);
};
