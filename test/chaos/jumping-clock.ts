import { replaceClock } from '../support/replaced-clock.js';

// Loaded before a program: its clock then jumps within an hour back and forth, several times a second.

const hourMs = 3_600_000;
let offsetMs = 0;
setInterval(() => (offsetMs = (Math.random() * 2 - 1) * hourMs), 300).unref();
replaceClock((realMs) => realMs + offsetMs);
