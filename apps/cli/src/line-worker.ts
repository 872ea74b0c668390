import { parentPort, workerData } from 'node:worker_threads';
import { nodeSha256 } from '#audit';
import { LineCheck } from '#audit/verifier';
import type { AcceptedCheckpoint } from '#audit/verifier';

// One thread of `sharedLines`: pieces of lines come, and go back as what they came to.
const check = new LineCheck(workerData as AcceptedCheckpoint | null, nodeSha256);
parentPort?.on('message', (octets: Uint8Array) => parentPort?.postMessage(check.lookAt(octets)));
