import { NO_STREAM, PostgresEventStore } from '#event-store';
import { openDatabase } from '#platform';
import { quantile, row, sideBySide, sized, withFolder } from '../measure.js';
import type { Row } from '../measure.js';
import { residentMegabytes, startProduct } from '../product.js';
import { registration } from '../samples.js';

/** The embedded database with its flushes to disk, as `npm start` has it. */
export async function embeddedAppend(): Promise<Row> {
  return withFolder(async (dataDir) => {
    const database = await openDatabase({ dataDir });
    const store = await PostgresEventStore.open(database);
    try {
      const { ours } = await sideBySide(
        {
          ours: (index) => {
            const event = registration(index);
            return store.append(`procedure-${event.id}`, [event], { expected: NO_STREAM });
          },
        },
        { inFlight: 32 },
      );
      return row('embedded-append-32', 'events/s', ours);
    } finally {
      await store.close();
      await database.close();
    }
  });
}

/** From the launch of the built product with an empty folder to its ready line; the median of three. */
export async function coldStart(): Promise<Row> {
  const taken: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < sized(3, 1); round++)
    await withFolder(async (dataDir) => {
      const product = await startProduct({ DATA_DIR: dataDir, DEMO: '1' });
      taken.push(product.readyMs);
      memory.push(await residentMegabytes(product.pid));
      await product.stop();
    });
  return row(
    'cold-start',
    'ms',
    quantile(taken, 0.5),
    {},
    { slowestMs: Math.round(Math.max(...taken)), memoryMB: Math.round(Math.max(...memory)) },
  );
}
