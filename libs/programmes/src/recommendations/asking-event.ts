import type { InspectionEvent } from '../inspections/inspection.js';
import type { BoardEvent } from '../steering/board.js';

/** What the log holds of whoever asks units for remedies: in `inspection-<uuid>` and in `board-<uuid>`. */
export type AskingEvent = InspectionEvent | BoardEvent;
