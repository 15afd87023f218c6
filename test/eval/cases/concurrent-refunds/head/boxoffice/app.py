from contextlib import asynccontextmanager

from arq import create_pool
from arq.connections import RedisSettings
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from boxoffice import errors
from boxoffice.api import backoffice, shop
from boxoffice.payments.client import PaymentClient
from boxoffice.settings import settings


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.queue = await create_pool(RedisSettings.from_dsn(settings.redis_url))
    app.state.payments = PaymentClient(settings.payments_url, settings.payments_key)
    yield
    await app.state.payments.close()
    await app.state.queue.aclose()


app = FastAPI(lifespan=lifespan)
app.add_middleware(CORSMiddleware, allow_origins=[settings.shop_origin], allow_methods=["GET", "POST"])
app.include_router(shop.router, prefix="/shop")
app.include_router(backoffice.router, prefix="/backoffice")
errors.install(app)
