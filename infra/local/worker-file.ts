/** Beside the synthesised template: what runs in each function's thread, if it was bundled. */
export const workerFile = 'function-worker.mjs';
