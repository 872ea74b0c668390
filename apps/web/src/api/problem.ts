/** One thing that stands against a command. */
export interface Unmet {
  readonly code: string;
  readonly message: string;
  readonly path?: string;
}

/** What it says where its place is shown besides: sentences that serve for several places name it at their end, as programs call it. */
export function saidInPlace({ message, path }: Pick<Unmet, 'message' | 'path'>): string {
  return path !== undefined && message.endsWith(` (${path})`) ? message.slice(0, -` (${path})`.length) : message;
}

interface ProblemDocument {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly unmet?: readonly Unmet[];
}

/** The server said no, or was not there (`status` 0, code `unreachable`). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly unmet: readonly Unmet[];

  constructor(document: ProblemDocument, options?: ErrorOptions) {
    super(document.title, options);
    this.name = 'ApiProblem';
    this.status = document.status;
    this.code = document.code;
    this.detail = document.detail ?? document.title;
    this.errors = document.errors ?? [];
    this.unmet = document.unmet ?? [];
  }

  static unreachable(cause: unknown): ApiProblem {
    return new ApiProblem({ title: 'The server cannot be reached.', status: 0, code: 'unreachable' }, { cause });
  }

  static signedOut(): ApiProblem {
    return new ApiProblem({ title: 'Nobody is signed in.', status: 401, code: 'not-signed-in' });
  }

  /** What a failed answer says; a proxy between may answer with anything. */
  static async of(response: Response): Promise<ApiProblem> {
    const body: unknown = await response.json().catch(() => null);
    return isDocument(body)
      ? new ApiProblem(body)
      : new ApiProblem({ title: response.statusText, status: response.status, code: 'unavailable' });
  }

  /** The same of a form, whose fields have names of their own for the places in the body. */
  atFields(nameOf: (path: string) => string): ApiProblem {
    const { message: title, status, code, detail } = this;
    const errors = this.errors.map((one) => ({ ...one, path: nameOf(one.path) }));
    const unmet = this.unmet.map((one) => (one.path === undefined ? one : { ...one, path: nameOf(one.path) }));
    return new ApiProblem({ title, status, code, detail, errors, unmet }, { cause: this });
  }

  /** Whether the same call may go well in a moment. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 503 || this.status === 429;
  }
}

function isDocument(body: unknown): body is ProblemDocument {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body && 'title' in body;
}
