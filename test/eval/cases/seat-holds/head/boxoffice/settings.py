from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str
    redis_url: str = "redis://localhost:6379"
    payments_url: str
    payments_key: str
    shop_origin: str = "https://shop.example"


settings = Settings()
