from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from app import holds, top_ups
from app.errors import WalletError

app = FastAPI(title="transit-wallet")
app.include_router(holds.router)
app.include_router(top_ups.router)


@app.exception_handler(WalletError)
def wallet_error(_request: Request, error: WalletError) -> JSONResponse:
    return JSONResponse({"error": error.code}, status_code=error.status)
