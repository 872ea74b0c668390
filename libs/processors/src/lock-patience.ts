import { codeOf } from '#platform';

/** Waited for a lock at most this long, in ms, where others would be held up by who waits. */
export const mostLockedMs = 500;

/** Whether a lock was not had within that time, or two waited for each other. */
export const isLockTimeout = (error: unknown): boolean => ['55P03', '40P01'].includes(codeOf(error));
