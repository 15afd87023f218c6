import { expect, it } from 'vitest';
import { findProgramFlows } from '../../src/flows/find-program-flows.ts';
import { flowData } from '../support/flow-data.ts';

const data = flowData();

const HANDED = `
from functools import wraps
from flask import request

def with_host(view):
    @wraps(view)
    def inner(*args, **kwargs):
        return view(*args, host=request.args.get('host', ''), **kwargs)
    return inner
`;

const viewOf = (parameters: string): string => `
import os
from flask import Blueprint
from .handed import with_host

bp = Blueprint('tools', __name__)

@bp.get('/ping/<int:times>')
@with_host
def ping(${parameters}):
    os.system('ping ' + host)
`;

async function look(files: Record<string, string>) {
  const given = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { findings, wanted } = await findProgramFlows(given, ['board/tools.py'], data);
  return { found: findings.map(({ ruleId }) => ruleId), wanted: wanted.map(({ module }) => module) };
}

it('asks for a decorator where nothing else can give a parameter, and follows what it hands over', async () => {
  const view = { 'board/tools.py': viewOf('times, host') };
  expect(await look(view)).toEqual({ found: [], wanted: ['.handed', '.handed.with_host'] });
  expect(await look({ ...view, 'board/handed.py': HANDED })).toEqual({ found: ['command-injection'], wanted: [] });
});

it('asks for none where the address gives all of them', async () => {
  const { wanted } = await look({ 'board/tools.py': viewOf("times, host='localhost'") });
  expect(wanted).toEqual([]);
});
