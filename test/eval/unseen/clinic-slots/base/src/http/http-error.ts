export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

export const notFound = () => new HttpError(404, 'not_found');
export const conflict = (code: string) => new HttpError(409, code);
