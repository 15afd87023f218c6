export class AppError extends Error {
  constructor(
    readonly statusCode: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const walletNotFound = (): AppError => new AppError(404, 'wallet_not_found', 'No such wallet');
export const walletFrozen = (): AppError => new AppError(409, 'wallet_frozen', 'The wallet is frozen');
export const notEnough = (): AppError => new AppError(409, 'not_enough', 'The balance is too small');
