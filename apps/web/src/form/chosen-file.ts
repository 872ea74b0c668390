/** Whether a chosen file still is as it was chosen: a browser reads none that was saved again, moved or deleted since. */
export const isAsChosen = (file: Blob): Promise<boolean> =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
