import { Reflector } from '@nestjs/core';
import { StaffGuard } from '../src/auth/staff.guard';

const context = (authorization?: string) =>
  ({
    switchToHttp: () => ({ getRequest: () => ({ headers: { authorization } }) }),
    getHandler: () => context,
    getClass: () => StaffGuard,
  }) as never;

describe('StaffGuard', () => {
  it('refuses who has no token', async () => {
    const guard = new StaffGuard({} as never, new Reflector());
    await expect(guard.canActivate(context())).rejects.toThrow('Unauthorized');
  });
});
