const initSync = (...given) => globalThis.edgewisePage.initSync(...given);

let sharedImports = undefined;
function getSharedImports() {
    if (sharedImports === undefined) {
        sharedImports = { __wasm_split: {  } };
        const { __indirect_function_table, __wasm_split_shared0, memory,  } = initSync(undefined, undefined);
        Object.assign(sharedImports.__wasm_split, { __indirect_function_table, __wasm_split_shared0, memory,  });
    }
    return sharedImports;
}
function wrapAsyncCb(callee) {
    return async (callbackIndex, callbackData) => {
        let success;
        try {
            await callee();
            success = true;
        } catch (e) {
            console.error(e);
            success = false;
        } finally {
            const sharedImports = getSharedImports();
            sharedImports.__wasm_split.__indirect_function_table.get(callbackIndex)(callbackData, success);
        }
    }
}
function makeLoad(fetcher, deps) {
    const loader = async () => {
        const parallelStuff = deps.map(d => d());
        const instantiate = fetcher();
        await Promise.all(parallelStuff);
        const imports = getSharedImports();
        return instantiate(imports);
    };
    let loadingModule = undefined;
    return () => {
        if (loadingModule === undefined) {
            const thisLoad = loader();
            // Memoize successes only: a rejected load must not be cached for
            // the lifetime of the session, or one transient network failure
            // permanently breaks the module. Clearing on rejection lets the
            // next call (e.g. the Rust side re-invoking load after a failed
            // callback) start a fresh attempt.
            thisLoad.catch(() => {
                if (loadingModule === thisLoad) loadingModule = undefined;
            });
            loadingModule = thisLoad;
        }
        return loadingModule;
    }
}
/* game, laboratory */
const __chunk_7 = makeLoad(() => {
    const src = fetch(new URL("./chunk_7.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, laboratory, own_classes */
const __chunk_8 = makeLoad(() => {
    const src = fetch(new URL("./chunk_8.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, laboratory, own_classes, photo, share, story */
const __chunk_9 = makeLoad(() => {
    const src = fetch(new URL("./chunk_9.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, laboratory, own_classes, photo, story */
const __chunk_10 = makeLoad(() => {
    const src = fetch(new URL("./chunk_10.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, laboratory, own_classes, story */
const __chunk_11 = makeLoad(() => {
    const src = fetch(new URL("./chunk_11.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, laboratory, story */
const __chunk_12 = makeLoad(() => {
    const src = fetch(new URL("./chunk_12.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, own_classes */
const __chunk_13 = makeLoad(() => {
    const src = fetch(new URL("./chunk_13.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, own_classes, photo, story */
const __chunk_14 = makeLoad(() => {
    const src = fetch(new URL("./chunk_14.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, own_classes, share */
const __chunk_15 = makeLoad(() => {
    const src = fetch(new URL("./chunk_15.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, own_classes, story */
const __chunk_16 = makeLoad(() => {
    const src = fetch(new URL("./chunk_16.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, photo */
const __chunk_17 = makeLoad(() => {
    const src = fetch(new URL("./chunk_17.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, photo, story */
const __chunk_18 = makeLoad(() => {
    const src = fetch(new URL("./chunk_18.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, story */
const __chunk_19 = makeLoad(() => {
    const src = fetch(new URL("./chunk_19.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, own_classes */
const __chunk_20 = makeLoad(() => {
    const src = fetch(new URL("./chunk_20.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, own_classes, photo */
const __chunk_21 = makeLoad(() => {
    const src = fetch(new URL("./chunk_21.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, own_classes, photo, story */
const __chunk_22 = makeLoad(() => {
    const src = fetch(new URL("./chunk_22.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, photo */
const __chunk_23 = makeLoad(() => {
    const src = fetch(new URL("./chunk_23.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, photo, share, story */
const __chunk_24 = makeLoad(() => {
    const src = fetch(new URL("./chunk_24.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, photo, story */
const __chunk_25 = makeLoad(() => {
    const src = fetch(new URL("./chunk_25.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, share */
const __chunk_26 = makeLoad(() => {
    const src = fetch(new URL("./chunk_26.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, share, story */
const __chunk_27 = makeLoad(() => {
    const src = fetch(new URL("./chunk_27.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, story */
const __chunk_28 = makeLoad(() => {
    const src = fetch(new URL("./chunk_28.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* own_classes, photo */
const __chunk_29 = makeLoad(() => {
    const src = fetch(new URL("./chunk_29.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* own_classes, photo, share */
const __chunk_30 = makeLoad(() => {
    const src = fetch(new URL("./chunk_30.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* own_classes, share */
const __chunk_31 = makeLoad(() => {
    const src = fetch(new URL("./chunk_31.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* own_classes, story */
const __chunk_32 = makeLoad(() => {
    const src = fetch(new URL("./chunk_32.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* photo, share */
const __chunk_33 = makeLoad(() => {
    const src = fetch(new URL("./chunk_33.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* photo, share, story */
const __chunk_34 = makeLoad(() => {
    const src = fetch(new URL("./chunk_34.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* photo, story */
const __chunk_35 = makeLoad(() => {
    const src = fetch(new URL("./chunk_35.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* share, story */
const __chunk_36 = makeLoad(() => {
    const src = fetch(new URL("./chunk_36.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
export const __wasm_split_load_story = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_story.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, [__chunk_9, __chunk_10, __chunk_11, __chunk_12, __chunk_14, __chunk_16, __chunk_18, __chunk_19, __chunk_22, __chunk_24, __chunk_25, __chunk_27, __chunk_28, __chunk_32, __chunk_34, __chunk_35, __chunk_36]));
export const __wasm_split_load_share = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_share.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, [__chunk_9, __chunk_15, __chunk_24, __chunk_26, __chunk_27, __chunk_30, __chunk_31, __chunk_33, __chunk_34, __chunk_36]));
export const __wasm_split_load_photo = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_photo.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, [__chunk_9, __chunk_10, __chunk_14, __chunk_17, __chunk_18, __chunk_21, __chunk_22, __chunk_23, __chunk_24, __chunk_25, __chunk_29, __chunk_30, __chunk_33, __chunk_34, __chunk_35]));
export const __wasm_split_load_own_classes = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_own_classes.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, [__chunk_8, __chunk_9, __chunk_10, __chunk_11, __chunk_13, __chunk_14, __chunk_15, __chunk_16, __chunk_20, __chunk_21, __chunk_22, __chunk_29, __chunk_30, __chunk_31, __chunk_32]));
export const __wasm_split_load_laboratory = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_laboratory.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, [__chunk_7, __chunk_8, __chunk_9, __chunk_10, __chunk_11, __chunk_12, __chunk_20, __chunk_21, __chunk_22, __chunk_23, __chunk_24, __chunk_25, __chunk_26, __chunk_27, __chunk_28]));
export const __wasm_split_load_game = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_game.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, [__chunk_7, __chunk_8, __chunk_9, __chunk_10, __chunk_11, __chunk_12, __chunk_13, __chunk_14, __chunk_15, __chunk_16, __chunk_17, __chunk_18, __chunk_19]));

async function instantiate(source, imports) {
  const response = await source;
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
  if (response.headers.get("content-type")?.startsWith("application/wasm")) {
    return WebAssembly.instantiateStreaming(response, imports);
  }
  return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
