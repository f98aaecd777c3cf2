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
    const src = fetch(new URL("./chunk_7-a65a282e68654cc4.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, laboratory, own_classes */
const __chunk_8 = makeLoad(() => {
    const src = fetch(new URL("./chunk_8-b06ad8c3f17c8361.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, laboratory, own_classes, photo, share, story */
const __chunk_9 = makeLoad(() => {
    const src = fetch(new URL("./chunk_9-eab20f0ff61d1329.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, laboratory, own_classes, photo, story */
const __chunk_10 = makeLoad(() => {
    const src = fetch(new URL("./chunk_10-bf85539392180854.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, laboratory, own_classes, story */
const __chunk_11 = makeLoad(() => {
    const src = fetch(new URL("./chunk_11-c9602742b9acce68.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, laboratory, story */
const __chunk_12 = makeLoad(() => {
    const src = fetch(new URL("./chunk_12-c3296ee7b372c1a9.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, own_classes */
const __chunk_13 = makeLoad(() => {
    const src = fetch(new URL("./chunk_13-bac032228a405a46.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, own_classes, photo, story */
const __chunk_14 = makeLoad(() => {
    const src = fetch(new URL("./chunk_14-b0e4b3f0c867e1c0.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, own_classes, share */
const __chunk_15 = makeLoad(() => {
    const src = fetch(new URL("./chunk_15-82804dd8b77b1ddd.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, own_classes, story */
const __chunk_16 = makeLoad(() => {
    const src = fetch(new URL("./chunk_16-efc2b1d58a9d33e2.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, photo */
const __chunk_17 = makeLoad(() => {
    const src = fetch(new URL("./chunk_17-05bf399d62105bf7.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, photo, story */
const __chunk_18 = makeLoad(() => {
    const src = fetch(new URL("./chunk_18-4a264e3a069c931b.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* game, story */
const __chunk_19 = makeLoad(() => {
    const src = fetch(new URL("./chunk_19-b795848c844f9351.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, own_classes, photo */
const __chunk_20 = makeLoad(() => {
    const src = fetch(new URL("./chunk_20-8417f2e79c9e46df.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, own_classes, photo, story */
const __chunk_21 = makeLoad(() => {
    const src = fetch(new URL("./chunk_21-baf9858e6a693d3a.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, photo */
const __chunk_22 = makeLoad(() => {
    const src = fetch(new URL("./chunk_22-a94ed0aa6700bcea.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, photo, share, story */
const __chunk_23 = makeLoad(() => {
    const src = fetch(new URL("./chunk_23-66e2149491c20151.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, photo, story */
const __chunk_24 = makeLoad(() => {
    const src = fetch(new URL("./chunk_24-c17a8d0d01c1f07a.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, share */
const __chunk_25 = makeLoad(() => {
    const src = fetch(new URL("./chunk_25-fb12e4020069d04f.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, share, story */
const __chunk_26 = makeLoad(() => {
    const src = fetch(new URL("./chunk_26-a75c1456712e221e.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* laboratory, story */
const __chunk_27 = makeLoad(() => {
    const src = fetch(new URL("./chunk_27-bc9ce30d1dbc3339.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* own_classes, photo */
const __chunk_28 = makeLoad(() => {
    const src = fetch(new URL("./chunk_28-b10b827963440ebc.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* own_classes, photo, share */
const __chunk_29 = makeLoad(() => {
    const src = fetch(new URL("./chunk_29-b4cad9a565bc2ed9.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* own_classes, photo, story */
const __chunk_30 = makeLoad(() => {
    const src = fetch(new URL("./chunk_30-ee51cad66885aecb.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* own_classes, share */
const __chunk_31 = makeLoad(() => {
    const src = fetch(new URL("./chunk_31-2018b08ea800d9f6.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* own_classes, story */
const __chunk_32 = makeLoad(() => {
    const src = fetch(new URL("./chunk_32-3d5e0769602222e1.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* photo, share */
const __chunk_33 = makeLoad(() => {
    const src = fetch(new URL("./chunk_33-2ae423f85134fca4.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* photo, share, story */
const __chunk_34 = makeLoad(() => {
    const src = fetch(new URL("./chunk_34-d0c6a4e14f8115ea.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* photo, story */
const __chunk_35 = makeLoad(() => {
    const src = fetch(new URL("./chunk_35-4421c26a5a4aeb61.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
/* share, story */
const __chunk_36 = makeLoad(() => {
    const src = fetch(new URL("./chunk_36-c8c8b7cb46bbd314.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, []);
export const __wasm_split_load_story = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_story-567520b3abff7833.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, [__chunk_9, __chunk_10, __chunk_11, __chunk_12, __chunk_14, __chunk_16, __chunk_18, __chunk_19, __chunk_21, __chunk_23, __chunk_24, __chunk_26, __chunk_27, __chunk_30, __chunk_32, __chunk_34, __chunk_35, __chunk_36]));
export const __wasm_split_load_share = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_share-e33d8abbef07572b.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, [__chunk_9, __chunk_15, __chunk_23, __chunk_25, __chunk_26, __chunk_29, __chunk_31, __chunk_33, __chunk_34, __chunk_36]));
export const __wasm_split_load_photo = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_photo-a2415ef00617e1bb.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, [__chunk_9, __chunk_10, __chunk_14, __chunk_17, __chunk_18, __chunk_20, __chunk_21, __chunk_22, __chunk_23, __chunk_24, __chunk_28, __chunk_29, __chunk_30, __chunk_33, __chunk_34, __chunk_35]));
export const __wasm_split_load_own_classes = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_own_classes-79e8a721151509e9.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, [__chunk_8, __chunk_9, __chunk_10, __chunk_11, __chunk_13, __chunk_14, __chunk_15, __chunk_16, __chunk_20, __chunk_21, __chunk_28, __chunk_29, __chunk_30, __chunk_31, __chunk_32]));
export const __wasm_split_load_laboratory = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_laboratory-32668e00cb489aa0.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (instantiate(src, imports));
}
, [__chunk_7, __chunk_8, __chunk_9, __chunk_10, __chunk_11, __chunk_12, __chunk_20, __chunk_21, __chunk_22, __chunk_23, __chunk_24, __chunk_25, __chunk_26, __chunk_27]));
export const __wasm_split_load_game = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_game-1f94025bfe11d4d3.wasm", import.meta.url));
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
