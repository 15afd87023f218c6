import { expect, it } from 'vitest';
import { reviewTrees } from '../support/review-trees.ts';

const MODELS = `
from sqlalchemy.orm import Mapped, mapped_column
class User(Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    hashed_password: Mapped[str] = mapped_column()
class UserOut(BaseModel):
    id: int
`;
const ROUTES = `
from fastapi import APIRouter, Depends
from .models import User, UserOut
from .deps import current_user
router = APIRouter()
`;

const routeOf = (decorator: string): string => `${ROUTES}
${decorator}
async def me(user: User = Depends(current_user)):
    return user
`;

async function found(decorator: string): Promise<string[]> {
  const base = { 'requirements.txt': 'fastapi==0.110\n', 'app/models.py': MODELS, 'app/routes.py': ROUTES };
  const head = { ...base, 'app/routes.py': routeOf(decorator) };
  const findings = await reviewTrees(base, head);
  return findings.map(({ ruleId, path, startLine }) => `${ruleId} ${path}:${startLine}`);
}

it('asks the file of the models, which the change does not touch, what a row has that is sent', async () => {
  expect(await found('@router.get("/me")')).toEqual(['secret-field-sent app/routes.py:9']);
  expect(await found('@router.get("/me", response_model=UserOut)')).toEqual([]);
});
