/** Steps of the search for people; more than any definition of a real office needs. */
const mostSteps = 100_000;

/**
 * Whether somebody can be found for each task so that tasks that are kept apart have different people; a task apart from
 * itself needs two. A search that would take too long is given up and counts as found: the rules still refuse at the time.
 */
export function differentPeople<Task extends string>(
  candidates: ReadonlyMap<Task, readonly string[]>,
  apart: readonly (readonly [Task, Task])[],
): boolean {
  const neighbours = new Map([...candidates.keys()].map((task) => [task, new Set<Task>()]));
  for (const [one, other] of apart) {
    if (one === other && candidates.get(one)?.length === 1) return false;
    if (one === other || !candidates.has(one) || !candidates.has(other)) continue;
    neighbours.get(one)?.add(other);
    neighbours.get(other)?.add(one);
  }
  // Whoever can do the same tasks is as good as the other, so of those who have no task yet only the first is tried.
  const signatures = new Map<string, string>();
  for (const [task, people] of candidates) for (const person of people) signatures.set(person, `${signatures.get(person) ?? ''} ${task}`);
  const tasks = hardest(candidates, neighbours);
  const chosen = new Map<Task, string>();
  let steps = 0;

  const assign = (next: number): boolean => {
    const task = tasks[next];
    if (task === undefined || ++steps > mostSteps) return true;
    const taken = new Set([...(neighbours.get(task) ?? [])].map((other) => chosen.get(other)));
    const busy = new Set(chosen.values());
    const tried = new Set<string>();
    for (const person of candidates.get(task) ?? []) {
      if (taken.has(person)) continue;
      const kind = busy.has(person) ? person : (signatures.get(person) ?? person);
      if (tried.has(kind)) continue;
      tried.add(kind);
      chosen.set(task, person);
      if (assign(next + 1)) return true;
      chosen.delete(task);
    }
    return false;
  };
  return assign(0);
}

/** The tasks for which somebody is not found whatever the others do, fewest candidates first. */
function hardest<Task extends string>(
  candidates: ReadonlyMap<Task, readonly string[]>,
  neighbours: ReadonlyMap<Task, ReadonlySet<Task>>,
): readonly Task[] {
  const left = new Set(candidates.keys());
  const degree = (task: Task): number => [...(neighbours.get(task) ?? [])].filter((other) => left.has(other)).length;
  const people = (task: Task): number => candidates.get(task)?.length ?? 0;
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const task of left) if (people(task) > degree(task)) left.delete(task);
  }
  return [...left].sort((one, other) => people(one) - people(other));
}
