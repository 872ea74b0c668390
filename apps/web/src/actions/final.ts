/** Whether nothing leads back from what an action does. */
export const isFinal = (action: string): boolean => action === 'withdraw' || action === 'abolish';
