import { replaceClock } from './replaced-clock.js';

// Loaded before a program: its clock then runs ahead by the days that CLOCK_AHEAD_DAYS says.

const aheadMs = Number(process.env['CLOCK_AHEAD_DAYS']) * 86_400_000;
replaceClock((realMs) => realMs + aheadMs);
