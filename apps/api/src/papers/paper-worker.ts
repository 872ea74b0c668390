import { parentPort, workerData } from 'node:worker_threads';
import { layOut } from './layout.js';
import type { PaperToLayOut } from './layout.js';

parentPort?.postMessage(new Uint8Array(await layOut(workerData as PaperToLayOut)));
