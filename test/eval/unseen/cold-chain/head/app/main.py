from fastapi import Depends, FastAPI

from app.api import breaches, readings, shipments
from app.security import require_token

app = FastAPI(title="cold-chain", dependencies=[Depends(require_token)])
app.include_router(shipments.router)
app.include_router(readings.router)
app.include_router(breaches.router)
