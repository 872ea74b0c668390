import { parentPort, workerData } from 'node:worker_threads';
import type { LaidPaper } from '#reporting';
import { layOut } from './layout.js';

parentPort?.postMessage(new Uint8Array(await layOut(workerData as LaidPaper)));
