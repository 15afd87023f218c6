import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createApp } from '../src/app.js';
import type { Role } from '../src/http/token.js';

const clinicId = '0e0a5c0e-3f0c-4d9b-8f57-9a34f3a5c001';
const slotId = '0e0a5c0e-3f0c-4d9b-8f57-9a34f3a5c002';

const app = createApp({
  pool: { query: async () => ({ rows: [], rowCount: 0 }) } as never,
  readToken: async (token) =>
    token === 'none' ? undefined : { userId: 'u1', clinicId, role: token as Role },
});

describe('who may do what', () => {
  it.each([
    ['get', '/slots?day=2026-03-02', 'none', 401],
    ['get', '/slots?day=2026-03-02', 'patient', 403],
    ['get', '/slots?day=2026-03-02', 'staff', 200],
    ['get', '/slots?day=2026-03-02&sort=room', 'staff', 200],
    ['get', '/slots?day=2026-03-02&sort=patient_id', 'staff', 400],
    ['post', `/slots/${slotId}/booking`, 'none', 401],
    ['post', `/slots/${slotId}/booking`, 'patient', 403],
    ['delete', `/slots/${slotId}/booking`, 'none', 401],
    ['delete', `/slots/${slotId}/booking`, 'patient', 403],
    ['post', '/slots', 'staff', 403],
    ['delete', `/slots/${slotId}`, 'staff', 403],
    ['delete', `/slots/${slotId}`, 'admin', 404],
    ['get', `/patients/${slotId}/bookings`, 'patient', 403],
    ['get', `/patients/${slotId}/bookings`, 'admin', 200],
  ] as const)('%s %s as %s: %i', async (method, path, token, status) => {
    const response = await request(app)[method](path).set('authorization', `Bearer ${token}`);
    expect(response.status).toBe(status);
  });

  it('shows free slots to everybody', async () => {
    expect((await request(app).get(`/free-slots/${clinicId}`)).status).toBe(200);
  });
});
