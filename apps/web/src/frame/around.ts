/** An element and those that it stands in, from the inside. */
export function withAround(element: Element | null): readonly Element[] {
  return element === null ? [] : [element, ...withAround(element.parentElement)];
}

/** Leads whoever has lost what had the focus on to the first of these that is still there. Who went elsewhere meanwhile is left there. */
export function leadOnTo(elements: readonly Element[]): void {
  const near = elements.find((one) => one.isConnected);
  if (document.activeElement !== document.body || !(near instanceof HTMLElement)) return;
  if (near.tabIndex < 0) near.tabIndex = -1;
  near.focus({ preventScroll: true });
}
