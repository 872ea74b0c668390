import type { Removal } from '#identity';

const tables = ['settings', 'confirmations', 'read', 'read_up_to', 'mailed', 'deliveries'] as const;

/** Removes where they wanted mail, what they have read and what was mailed to them. */
export const removeNotificationsOf: Removal = async (transaction, person) => {
  for (const table of tables) await transaction.query(`DELETE FROM notifications.${table} WHERE person = $1`, [person]);
};
